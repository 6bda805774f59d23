// The format version of a database: one row in its default column family. It is checked by opening
// the database read-only, so that a refused database is left exactly as it was.
#pragma once

#include <rocksdb/options.h>

#include <cstdint>
#include <string>

#include "runtime/result.h"

namespace rocksdb {
class DB;
}

namespace aura::storage {

inline constexpr const char* kFormatRow = "format";  // → u32 big-endian

// False: there is no database yet. Fails if it cannot be read or is newer than `supported`. `more`,
// if not null, may check further rows of the default family.
Result<bool> check_format(const rocksdb::Options& options, const std::string& path,
                          std::uint32_t supported,
                          const std::function<Result<void>(rocksdb::DB&)>& more = nullptr);

std::string encode_format(std::uint32_t version);

inline constexpr const char* kLastSequenceRow = "last_sequence";  // → u64 big-endian

inline constexpr const char* kLineageRow =
    "lineage";  // → position(8) ms since 1970(8) of the restore it stems from

// The position of a database.
struct DatabasePosition {
  std::uint64_t last_sequence = 0;  // newest sequence given to a row: the "position" shown to users
  std::uint64_t write = 0;          // RocksDB's own sequence number
  std::string lineage;  // the same for all data that stems from one restore; empty: from none
};

// Position of the closed database at `path`, which is not changed.
Result<DatabasePosition> position_of(rocksdb::Env& env, const std::string& path);

}  // namespace aura::storage
