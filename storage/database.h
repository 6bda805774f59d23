// The RocksDB database of everything but keys: opens, tunes and closes it. Knows no commits
// (writer.h) and no records. Owned by the application; outlives Writer and Reader; closed by its
// destructor once they are gone. Any thread may call.
#pragma once

#include <rocksdb/compaction_filter.h>
#include <rocksdb/db.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "runtime/clock.h"
#include "runtime/result.h"
#include "storage/families.h"
#include "storage/health.h"

namespace aura::storage {

struct DatabaseOptions {
  std::size_t block_cache_bytes = std::size_t{32} << 20;
  std::size_t write_buffer_bytes = std::size_t{16} << 20;
  bool keep_log = false;  // what is in the tables stays in <path>/archive (kept_log.h)
};

class Database {
 public:
  // Refuses data of a newer format before anything is written. `health`, `clock` and `env` (null:
  // the system's) must outlive the database.
  static Result<std::unique_ptr<Database>> open(const std::string& path,
                                                const DatabaseOptions& options, Health& health,
                                                const Clock& clock, rocksdb::Env* env = nullptr);
  // Only to be read; nothing is written. Families that the data does not have yet
  // have no handle.
  static Result<std::unique_ptr<Database>> look(const std::string& path, Health& health,
                                                rocksdb::Env* env = nullptr);
  // What open() checks before it writes, alone.
  static Result<bool> check(const std::string& path, rocksdb::Env* env);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  rocksdb::DB& db() const { return *db_; }
  rocksdb::ColumnFamilyHandle* handle(Family family) const {
    return handles_[static_cast<std::size_t>(family)];
  }
  Health& health() const { return health_; }

 private:
  explicit Database(Health& health) : health_(health) {}

  Health& health_;
  std::vector<std::unique_ptr<rocksdb::CompactionFilter>> filters_;  // used by db_
  std::unique_ptr<rocksdb::DB> db_;
  std::array<rocksdb::ColumnFamilyHandle*, kFamilyCount> handles_{};
};

// Tables as both databases have them. Index and filter stay in memory while their table is open,
// some tens of bytes for 16 KiB of rows: in the cache they would come and go whole, and each read
// of them push out everything else. `filtered`: rows are looked up by their whole key, and often
// are not there.
std::shared_ptr<rocksdb::TableFactory> table_factory(std::shared_ptr<rocksdb::Cache> cache,
                                                     bool filtered);

const char* family_name(Family family);  // on disk and in reports

// The first key behind all that start with `prefix`; empty: there is none.
std::string prefix_end(std::string_view prefix);

// Errc::unavailable for a full disk, Errc::corrupt for damage, Errc::io for the rest.
Error to_error(const rocksdb::Status& status, std::string_view doing);

}  // namespace aura::storage
