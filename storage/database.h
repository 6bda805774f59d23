// The RocksDB database of all data except keys: opens, tunes and closes it. It knows neither
// commits (commit/writer.h) nor records. Owned by Storage; outlives Writer and Reader; the
// destructor closes it. Any thread may call.
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
  bool keep_log = false;  // keep flushed logs in <path>/archive (backup/kept_log.h)
};

class Database {
 public:
  // Refuses data of a newer format before anything is written. `health`, `clock` and `env` (null:
  // the system's) must outlive the database.
  static Result<std::unique_ptr<Database>> open(const std::string& path,
                                                const DatabaseOptions& options, Health& health,
                                                const Clock& clock, rocksdb::Env* env = nullptr);
  // Opens read-only; writes nothing. Families missing in older data have no handle.
  static Result<std::unique_ptr<Database>> look(const std::string& path, Health& health,
                                                rocksdb::Env* env = nullptr);
  // Only the checks that open() makes before it writes; false: there is no database.
  static Result<bool> check(const std::string& path, rocksdb::Env* env);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  rocksdb::DB& db() const { return *db_; }
  rocksdb::ColumnFamilyHandle* handle(Family family) const {
    return handles_[static_cast<std::size_t>(family)];
  }
  Health& health() const { return health_; }
  // Frees the cached blocks of its tables; the next reads load them again.
  void forget_blocks();
  // The last sequence of the backup that this data was restored from; 0: never restored.
  Result<std::uint64_t> restored_position() const;

 private:
  explicit Database(Health& health) : health_(health) {}

  Health& health_;
  std::shared_ptr<rocksdb::Cache> cache_;
  std::vector<std::unique_ptr<rocksdb::CompactionFilter>> filters_;  // used by db_
  std::unique_ptr<rocksdb::DB> db_;
  std::array<rocksdb::ColumnFamilyHandle*, kFamilyCount> handles_{};
};

// Table options of both databases. Index and filter stay in memory while their table is open (some
// tens of bytes per 16 KiB of rows): in the block cache they would be loaded and evicted as a
// whole, and each load would evict everything else. `filtered`: add a bloom filter, for rows that
// are looked up by full key and often do not exist.
std::shared_ptr<rocksdb::TableFactory> table_factory(std::shared_ptr<rocksdb::Cache> cache,
                                                     bool filtered);

const char* family_name(Family family);  // used on disk and in reports

// The first key after all keys that start with `prefix`; empty: there is none.
std::string prefix_end(std::string_view prefix);

// Errc::unavailable for a full disk, Errc::corrupt for damage, Errc::io otherwise.
Error to_error(const rocksdb::Status& status, std::string_view doing);
inline tl::unexpected<Error> failed(const rocksdb::Status& status, std::string_view doing) {
  return tl::unexpected(to_error(status, doing));
}

}  // namespace aura::storage
