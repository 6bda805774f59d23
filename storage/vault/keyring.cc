#include "storage/vault/keyring.h"

#include <rocksdb/cache.h>

#include "storage/big_endian.h"
#include "storage/database.h"
#include "storage/format.h"
#include "storage/rocksdb_log.h"

namespace aura::storage {

namespace keyring_keys {

std::string workspace(const Id& id) { return std::string("W").append(id.view()); }

std::string contact(const Id& ws, const Id& id) {
  return std::string("C").append(ws.view()).append(id.view());
}

std::string journal(std::uint32_t hour) {
  std::string key("J");
  append_big(key, hour);
  return key;
}

std::string wrap_aad(std::string_view key) { return std::string("aura.key").append(key); }

}  // namespace keyring_keys

namespace {

constexpr const char* kPurgeRow = "P";
constexpr const char* kSentinelRow = "sentinel";
constexpr const char* kSentinel = "this keyring belongs to this master key";

rocksdb::Options keyring_options(rocksdb::Env* env) {
  rocksdb::Options options;
  options.env = env;
  options.create_if_missing = true;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.table_factory = table_factory(rocksdb::NewLRUCache(std::size_t{4} << 20), true);
  options.compression = rocksdb::kNoCompression;  // random bytes
  options.write_buffer_size = std::size_t{4} << 20;
  options.arena_block_size = std::size_t{64} << 10;
  options.max_background_jobs = 2;
  options.max_open_files = 64;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.info_log = rocksdb_log();
  return options;
}

Result<void> check_sentinel(rocksdb::DB& db, const DataKey& master) {
  std::string sealed;
  const rocksdb::Status status = db.Get({}, kSentinelRow, &sealed);
  if (!status.ok()) return tl::unexpected(to_error(status, "reading the keyring"));
  const auto opened = master.open(keyring_keys::wrap_aad(kSentinelRow), sealed);
  if (!opened || *opened != kSentinel)
    return fail(Errc::corrupt,
                "the master key is not the one this data was written with: put the right key file "
                "in its place (security.master_key_file); nothing was changed");
  return {};
}

}  // namespace

bool Keyring::exists(const std::string& path, rocksdb::Env* env) {
  if (env == nullptr) env = rocksdb::Env::Default();
  return env->FileExists(path + "/CURRENT").ok();
}

Result<bool> Keyring::check(const std::string& path, const DataKey& master, rocksdb::Env* env) {
  if (env == nullptr) env = rocksdb::Env::Default();
  return check_format(keyring_options(env), path, kKeyringFormat,
                      [&](rocksdb::DB& db) { return check_sentinel(db, master); });
}

Result<std::unique_ptr<Keyring>> Keyring::look(const std::string& path, Health& health,
                                               rocksdb::Env* env) {
  if (env == nullptr) env = rocksdb::Env::Default();
  rocksdb::Options options = keyring_options(env);
  if (const auto checked = check_format(options, path, kKeyringFormat); !checked)
    return tl::unexpected(checked.error());
  std::unique_ptr<Keyring> keyring(new Keyring(health));
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(options, path, &opened);
  if (!status.ok()) return tl::unexpected(to_error(status, "opening " + path));
  keyring->db_.reset(opened);
  return keyring;
}

Result<std::unique_ptr<Keyring>> Keyring::open(const std::string& path, const DataKey& master,
                                               Health& health, rocksdb::Env* env) {
  if (env == nullptr) env = rocksdb::Env::Default();
  rocksdb::Options options = keyring_options(env);
  if (const auto checked = check(path, master, env); !checked)
    return tl::unexpected(checked.error());

  std::unique_ptr<Keyring> keyring(new Keyring(health));
  options.listeners.push_back(health_listener(health));
  rocksdb::DB* opened = nullptr;
  env->CreateDirIfMissing(path).PermitUncheckedError();  // avoids a warning of DB::Open
  const rocksdb::Status status = rocksdb::DB::Open(options, path, &opened);
  if (!status.ok()) return tl::unexpected(to_error(status, "opening " + path));
  keyring->db_.reset(opened);
  if (auto prepared = keyring->prepare(master); !prepared) return tl::unexpected(prepared.error());
  return keyring;
}

// Writes the first rows of a new keyring; finishes a purge that a crash interrupted.
Result<void> Keyring::prepare(const DataKey& master) {
  std::string row;
  rocksdb::Status status = db_->Get({}, kSentinelRow, &row);
  if (status.IsNotFound()) {
    rocksdb::WriteBatch first;
    first.Put(kFormatRow, encode_format(kKeyringFormat));
    first.Put(kSentinelRow, master.seal(keyring_keys::wrap_aad(kSentinelRow), kSentinel));
    return write(first, false);
  }
  if (status.ok()) status = db_->Get({}, kPurgeRow, &row);
  if (status.ok()) status = purge_files();
  if (status.ok()) status = purged();
  if (status.ok() || status.IsNotFound()) return {};
  return tl::unexpected(to_error(status, "opening the keyring"));
}

Result<std::optional<std::string>> Keyring::get(std::string_view key) const {
  std::string value;
  const rocksdb::Status status = db_->Get({}, key, &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return tl::unexpected(to_error(status, "reading the keyring"));
  return value;
}

Result<void> Keyring::apply(const std::vector<const KeyringMutation*>& mutations) {
  rocksdb::WriteBatch batch;
  bool destroys = false;
  for (const KeyringMutation* mutation : mutations) {
    const bool destroy = mutation->op == KeyringMutation::Op::destroy;
    batch.Put(mutation->key, destroy ? std::string_view() : std::string_view(mutation->value));
    destroys |= destroy;
  }
  return write(batch, destroys);
}

Result<std::size_t> Keyring::expire_journal_keys(std::uint32_t hour) {
  const std::string first = keyring_keys::journal(0);
  const std::string end = keyring_keys::journal(hour);
  const rocksdb::Slice end_slice(end);
  rocksdb::ReadOptions options;
  options.iterate_upper_bound = &end_slice;
  rocksdb::WriteBatch batch;
  std::size_t expired = 0;
  {
    const std::unique_ptr<rocksdb::Iterator> row(db_->NewIterator(options));
    for (row->Seek(first); row->Valid(); row->Next(), ++expired) batch.Delete(row->key());
    if (!row->status().ok()) return tl::unexpected(to_error(row->status(), "reading the keyring"));
  }
  if (expired == 0) return expired;
  if (auto written = write(batch, true); !written) return tl::unexpected(written.error());
  return expired;
}

Result<void> Keyring::wrap_anew(const DataKey& master, const DataKey& next) {
  rocksdb::WriteBatch batch;
  Result<void> wrapped;
  const auto wrap = [&](std::string_view key, std::string_view value) {
    const bool by_master =
        key == kSentinelRow || (!value.empty() && (key.starts_with('W') || key.starts_with('J')));
    if (!by_master) return true;
    const std::string aad = keyring_keys::wrap_aad(key);
    const auto plain = master.open(aad, value);
    if (!plain) {
      wrapped = tl::unexpected(plain.error());
      return false;
    }
    batch.Put(key, next.seal(aad, *plain));
    return true;
  };
  if (auto read = for_each(wrap); !read) return read;
  if (!wrapped) return wrapped;
  return write(batch, true);
}

Result<void> Keyring::for_each(
    const std::function<bool(std::string_view, std::string_view)>& visit) const {
  const std::unique_ptr<rocksdb::Iterator> row(db_->NewIterator({}));
  for (row->SeekToFirst(); row->Valid(); row->Next())
    if (!visit(row->key().ToStringView(), row->value().ToStringView())) return {};
  if (row->status().ok()) return {};
  return tl::unexpected(to_error(row->status(), "reading the keyring"));
}

// The same batch marks the purge as unfinished, so that a restart after a crash repeats it.
Result<void> Keyring::write(rocksdb::WriteBatch& batch, bool purges) {
  const std::lock_guard lock(write_mutex_);
  if (purges) batch.Put(kPurgeRow, "1");
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const rocksdb::Status status = db_->Write(synced, &batch);
  if (!status.ok()) {
    health_.failed("keyring", status);
    return tl::unexpected(to_error(status, "writing the keyring"));
  }
  if (purges) {
    purge_owed_ = true;
    if (!purger_.joinable()) purger_ = std::thread([this] { run_purges(); });
    purge_changed_.notify_all();
  }
  return {};
}

Keyring::~Keyring() {
  {
    const std::lock_guard lock(write_mutex_);
    ending_ = true;
  }
  purge_changed_.notify_all();
  if (purger_.joinable()) purger_.join();
}

void Keyring::run_purges() {
  std::unique_lock lock(write_mutex_);
  while (true) {
    purge_changed_.wait(lock, [this] { return purge_owed_ || ending_; });
    if (!purge_owed_) return;
    purge_owed_ = false;
    purging_ = true;
    lock.unlock();
    rocksdb::Status status = purge_files();
    lock.lock();
    if (status.ok() && !purge_owed_) status = purged();
    // After a failure the mark stays, so the next purge or the next start repeats the work.
    if (!status.ok()) health_.failed("keyring", status);
    purging_ = false;
    purge_changed_.notify_all();
  }
}

void Keyring::wait_until_purged() {
  std::unique_lock lock(write_mutex_);
  purge_changed_.wait(lock, [this] { return !purge_owed_ && !purging_; });
}

// A flush removes overwritten and deleted values from memory and log, a full compaction removes
// them from the files. File deletions are disabled and enabled again, so that they happen here and
// not some time later.
rocksdb::Status Keyring::purge_files() {
  rocksdb::Status status = db_->DisableFileDeletions();
  if (status.ok()) status = db_->Flush({});
  rocksdb::CompactRangeOptions everything;
  everything.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  if (status.ok()) status = db_->CompactRange(everything, nullptr, nullptr);
  const rocksdb::Status enabled = db_->EnableFileDeletions(/*force=*/false);
  return status.ok() ? enabled : status;
}

rocksdb::Status Keyring::purged() {
  rocksdb::WriteOptions synced;  // every record must be synced before the next (log_damage.h)
  synced.sync = true;
  return db_->Delete(synced, kPurgeRow);
}

}  // namespace aura::storage
