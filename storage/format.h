// The format version of a database: one row in its default column family, checked by opening it
// read-only, so that a refused database is left exactly as it was.
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

// False: there is no database yet. Fails if it cannot be read or is newer than `supported`.
// `more`, if not null, may look at the other rows of the default family.
Result<bool> check_format(const rocksdb::Options& options, const std::string& path,
                          std::uint32_t supported,
                          const std::function<Result<void>(rocksdb::DB&)>& more = nullptr);

std::string encode_format(std::uint32_t version);

inline constexpr const char* kLastSequenceRow = "last_sequence";  // → u64 big-endian

// The last sequence given out in the closed database at `path`, which is left as it is.
Result<std::uint64_t> last_sequence_of(rocksdb::Env& env, const std::string& path);

}  // namespace aura::storage
