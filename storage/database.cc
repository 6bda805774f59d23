#include "storage/database.h"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

#include <algorithm>

#include "config/limits.h"
#include "storage/big_endian.h"
#include "storage/counter.h"
#include "storage/expiry_filter.h"
#include "storage/format.h"
#include "storage/rocksdb_log.h"

namespace aura::storage {
namespace {

constexpr std::size_t kAllWriteBuffers = std::size_t{64} << 20;
constexpr std::uint64_t kDaySeconds = 24 * 3600;
constexpr std::uint64_t kLogSeconds = 365 * kDaySeconds;  // trim_kept_log() bounds it by bytes

// "meta" is RocksDB's default family, so that the format can be read before the other families are
// known.
constexpr std::array<const char*, kFamilyCount> kNames = {"default",      "journal",
                                                          "conversation", "message",
                                                          "external",     "outbox",
                                                          "timer",        "contact",
                                                          "workspace",    "channel",
                                                          "item",         "document",
                                                          "api_key",      "idempotency",
                                                          "feed",         "usage",
                                                          "dead_letter",  "audit",
                                                          "inbox",        "media",
                                                          "blob",         "media_due",
                                                          "identity",     "merge",
                                                          "consent",      "message_template",
                                                          "unsupported"};

bool point_looked_up(Family family) {
  switch (family) {
    case Family::conversation:
    case Family::external:
    case Family::contact:
    case Family::identity:
    case Family::consent:
    case Family::idempotency:
    case Family::api_key:
      return true;
    default:
      return false;
  }
}

rocksdb::CompressionType best_compression() {
  const auto built_in = rocksdb::GetSupportedCompressions();
  const bool lz4 =
      std::find(built_in.begin(), built_in.end(), rocksdb::kLZ4Compression) != built_in.end();
  return lz4 ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;
}

rocksdb::DBOptions database_options(Health& health, rocksdb::Env* env) {
  rocksdb::DBOptions options;
  options.env = env;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.max_total_wal_size = limits::kWalBytes;
  options.write_buffer_manager = std::make_shared<rocksdb::WriteBufferManager>(kAllWriteBuffers);
  options.max_background_jobs = 2;
  options.bytes_per_sync = 512 << 10;  // write flushed files gradually, so that commits' fsyncs
                                       // do not wait for a whole file
  options.max_open_files = 256;
  options.allow_concurrent_memtable_write = false;  // there is only one writer
  options.enable_write_thread_adaptive_yield = false;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.info_log = rocksdb_log();
  options.listeners.push_back(health_listener(health));
  return options;
}

// Large immutable values are stored in blob files, so that compaction moves only keys. They are
// sealed, so compression would gain nothing.
void keep_values_apart(rocksdb::ColumnFamilyOptions& options) {
  options.enable_blob_files = true;
  options.min_blob_size = 4 << 10;
  options.blob_file_size = std::uint64_t{64} << 20;
  options.enable_blob_garbage_collection = true;
  options.blob_garbage_collection_force_threshold = 0.5;
  options.blob_compression_type = rocksdb::kNoCompression;
  options.compression = rocksdb::kNoCompression;
}

rocksdb::ColumnFamilyOptions family_options(Family family, const DatabaseOptions& wanted,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  options.table_factory = table_factory(cache, point_looked_up(family));
  if (point_looked_up(family)) {
    options.memtable_prefix_bloom_size_ratio = 0.02;
    options.memtable_whole_key_filtering = true;
  }
  options.write_buffer_size = wanted.write_buffer_bytes;
  // Small arena blocks, because many families hold few rows; a block must stay well below the size
  // of the write buffer.
  options.arena_block_size = std::min(std::size_t{256} << 10, wanted.write_buffer_bytes / 8);
  options.compression = best_compression();
  options.level_compaction_dynamic_level_bytes = true;
  options.target_file_size_base = std::uint64_t{16} << 20;
  if (family == Family::usage) options.merge_operator = counter_merge();
  if (family == Family::blob) keep_values_apart(options);
  return options;
}

}  // namespace

std::shared_ptr<rocksdb::TableFactory> table_factory(std::shared_ptr<rocksdb::Cache> cache,
                                                     bool filtered) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = std::move(cache);
  table.format_version = 5;
  table.cache_index_and_filter_blocks = false;
  table.block_size = 16 << 10;
  table.index_block_restart_interval = 16;
  // Filters stay in memory whatever is read; these need a third less of it than Bloom filters.
  if (filtered) table.filter_policy.reset(rocksdb::NewRibbonFilterPolicy(10));
  return std::shared_ptr<rocksdb::TableFactory>(rocksdb::NewBlockBasedTableFactory(table));
}

const char* family_name(Family family) {
  return family == Family::meta ? "meta" : kNames[static_cast<std::size_t>(family)];
}

std::string prefix_end(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xff) end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

Error to_error(const rocksdb::Status& status, std::string_view doing) {
  if (status.IsIOError() && status.ToString().find("lock file") != std::string::npos)
    return Error{Errc::conflict,
                 std::string(doing) +
                     ": it is in use; an engine or a command works on this data directory: stop it "
                     "first, or name another directory",
                 {}};
  Errc code = Errc::io;
  if (status.IsNoSpace()) code = Errc::unavailable;
  if (status.IsCorruption()) code = Errc::corrupt;
  // RocksDB looks for a missing table under an old suffix, too, and names that one.
  std::string what = status.ToString();
  if (const auto at = what.find(".ldb"); at != std::string::npos) what.replace(at, 4, ".sst");
  return Error{code, std::string(doing) + ": " + what, {}};
}

Result<bool> Database::check(const std::string& path, rocksdb::Env* env) {
  rocksdb::Options look;
  look.env = env;
  look.info_log = rocksdb_log();
  look.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  return check_format(look, path, kDataFormat);
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path,
                                                 const DatabaseOptions& wanted, Health& health,
                                                 const Clock& clock, rocksdb::Env* env) {
  if (env == nullptr) env = rocksdb::Env::Default();
  std::unique_ptr<Database> database(new Database(health));
  rocksdb::DBOptions options = database_options(health, env);
  if (wanted.keep_log) options.WAL_ttl_seconds = kLogSeconds;
  if (const auto checked = check(path, env); !checked) return tl::unexpected(checked.error());

  const auto cache = database->cache_ = rocksdb::NewLRUCache(wanted.block_cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (int i = 0; i < kFamilyCount; ++i) {
    const Family family{static_cast<std::uint8_t>(i)};
    auto tuned = family_options(family, wanted, cache);
    if (auto filter = expiry_filter(family, clock)) {
      tuned.compaction_filter = filter.get();
      tuned.periodic_compaction_seconds = kDaySeconds;  // clean families without writes, too
      database->filters_.push_back(std::move(filter));
    }
    families.emplace_back(kNames[static_cast<std::size_t>(i)], std::move(tuned));
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  env->CreateDirIfMissing(path).PermitUncheckedError();  // avoids a warning of DB::Open
  rocksdb::Status status = rocksdb::DB::Open(options, path, families, &handles, &opened);
  if (!status.ok()) return tl::unexpected(to_error(status, "opening " + path));
  database->db_.reset(opened);
  std::copy(handles.begin(), handles.end(), database->handles_.begin());
  rocksdb::WriteOptions synced;
  synced.sync = true;
  status = opened->Put(synced, kFormatRow, encode_format(kDataFormat));
  if (!status.ok()) return tl::unexpected(to_error(status, "opening " + path));
  return database;
}

Result<std::unique_ptr<Database>> Database::look(const std::string& path, Health& health,
                                                 rocksdb::Env* env) {
  if (env == nullptr) env = rocksdb::Env::Default();
  if (const auto checked = check(path, env); !checked) return tl::unexpected(checked.error());
  rocksdb::DBOptions options = database_options(health, env);
  std::vector<std::string> there;
  rocksdb::Status status = rocksdb::DB::ListColumnFamilies(options, path, &there);
  if (!status.ok()) return tl::unexpected(to_error(status, "opening " + path));
  const auto cache = rocksdb::NewLRUCache(DatabaseOptions().block_cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (std::find(there.begin(), there.end(), kNames[i]) == there.end()) continue;
    families.emplace_back(kNames[i],
                          family_options(Family{static_cast<std::uint8_t>(i)}, {}, cache));
    numbers.push_back(i);
  }
  std::unique_ptr<Database> database(new Database(health));
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  status = rocksdb::DB::OpenForReadOnly(options, path, families, &handles, &opened);
  if (!status.ok()) return tl::unexpected(to_error(status, "opening " + path));
  database->db_.reset(opened);
  for (std::size_t i = 0; i < numbers.size(); ++i) database->handles_[numbers[i]] = handles[i];
  return database;
}

void Database::forget_blocks() { cache_->EraseUnRefEntries(); }

Result<std::uint64_t> Database::restored_position() const {
  std::string lineage;
  const auto status = db_->Get({}, kLineageRow, &lineage);
  if (status.IsNotFound()) return 0;
  if (!status.ok()) return tl::unexpected(to_error(status, "reading the lineage"));
  if (lineage.size() != 2 * sizeof(std::uint64_t))
    return fail(Errc::corrupt, "the row of the lineage has a wrong size");
  return load_big<std::uint64_t>(lineage);
}

Database::~Database() {
  if (!db_) return;
  for (auto* handle : handles_)
    if (handle != nullptr) db_->DestroyColumnFamilyHandle(handle);
  db_->Close().PermitUncheckedError();  // all commits were synced: a failed close loses nothing
}

}  // namespace aura::storage
