#include "storage/storage.h"

#include <algorithm>
#include <cstdlib>
#include <mutex>

#include "config/limits.h"
#include "runtime/log.h"
#include "storage/backup/backup.h"
#include "storage/backup/kept_log.h"
#include "storage/commit/writer.h"
#include "storage/database.h"
#include "storage/database_reader.h"
#include "storage/quiet_flush.h"
#include "storage/read_pool.h"
#include "storage/timers/timer_scan.h"
#include "storage/vault/external_ids.h"
#include "storage/vault/keyring.h"
#include "storage/vault/rotate_master_key.h"
#include "storage/vault/vault.h"

namespace aura::storage {
// Members are destroyed in reverse order: writer and pools before what they use.
struct Storage::Parts {
  Parts(const StorageOptions& options, rocksdb::Env* system)
      : env(*system),
        data(options.path + "/db"),
        keep_log_bytes(options.keep_log_bytes),
        health(options.exit) {}

  rocksdb::Env& env;
  const std::string data;
  const std::uint64_t keep_log_bytes;
  std::mutex log_mutex;  // held while kept logs are linked or deleted

  Health health;
  std::unique_ptr<Keyring> keyring;
  std::unique_ptr<Database> database;
  std::unique_ptr<KeyVault> vault;
  std::unique_ptr<DatabaseReader> reader;
  TimerMarks marks;
  std::unique_ptr<TimerScan> timers;
  std::unique_ptr<QuietFlush> quiet_flush;
  std::unique_ptr<Writer> writer;
  std::unique_ptr<ThreadReadPool> read_pool, query_pool, search_pool, index_pool;
};

Storage::Storage() = default;
Storage::~Storage() { stop(); }

Result<std::unique_ptr<Storage>> Storage::open(StorageOptions options, const Clock& clock,
                                               rocksdb::Env* env) {
  if (env == nullptr) env = rocksdb::Env::Default();
  if (!options.exit) options.exit = [](int code) { std::_Exit(code); };
  const std::string keys = options.path + "/keys";
  const std::string data = options.path + "/db";
  const rocksdb::Status made = env->CreateDirIfMissing(options.path);
  if (!made.ok()) return tl::unexpected(to_error(made, "creating " + options.path));
  const bool has_keys = Keyring::exists(keys, env);
  const bool has_data = env->FileExists(data + "/CURRENT").ok();
  if (has_data && !has_keys)
    return fail(Errc::not_found, "there is data in " + data + ", but not its keyring in " + keys +
                                     ": bring the keyring back, or restore both from a backup");
  const bool first = !has_keys && !has_data;
  if (has_keys)
    if (auto done = finish_rotation(keys, options.master_key_path, env); !done)
      return tl::unexpected(done.error());
  auto master = load_master_key(options.master_key_path, first);
  if (!master) return tl::unexpected(master.error());

  std::unique_ptr<Storage> storage(new Storage);
  storage->parts_ = std::make_unique<Parts>(options, env);
  Parts& parts = *storage->parts_;
  if (auto checked = Database::check(data, env); !checked) return tl::unexpected(checked.error());
  auto keyring = Keyring::open(keys, **master, parts.health, env);
  if (!keyring) return tl::unexpected(keyring.error());
  parts.keyring = std::move(*keyring);
  const DatabaseOptions wanted{options.block_cache_bytes, options.write_buffer_bytes,
                               options.keep_log_bytes > 0};
  auto database = Database::open(data, wanted, parts.health, clock, env);
  if (!database) return tl::unexpected(database.error());
  parts.database = std::move(*database);
  parts.vault = std::make_unique<KeyVault>(*parts.keyring, *master);
  if (auto hidden = hide_external_ids(*parts.database, *parts.vault); !hidden)
    return tl::unexpected(hidden.error());
  parts.reader = std::make_unique<DatabaseReader>(*parts.database);
  parts.timers = std::make_unique<TimerScan>(*parts.database, parts.marks);
  parts.quiet_flush = std::make_unique<QuietFlush>(*parts.database);
  WriterOptions writing;
  writing.sync = options.sync;
  writing.timers = &parts.marks;
  auto writer = Writer::create(*parts.database, *parts.keyring, clock, std::move(writing));
  if (!writer) return tl::unexpected(writer.error());
  parts.writer = std::move(*writer);
  parts.read_pool = std::make_unique<ThreadReadPool>();
  parts.query_pool = std::make_unique<ThreadReadPool>();
  parts.search_pool = std::make_unique<ThreadReadPool>(1, limits::kSearchesWaiting);
  parts.index_pool = std::make_unique<ThreadReadPool>();
  return storage;
}

Writer& Storage::writer() { return *parts_->writer; }
KeyVault& Storage::vault() { return *parts_->vault; }
const Reader& Storage::reader() const { return *parts_->reader; }
ReadPool& Storage::read_pool() { return *parts_->read_pool; }
ReadPool& Storage::query_pool() { return *parts_->query_pool; }
ReadPool& Storage::search_pool() { return *parts_->search_pool; }
ReadPool& Storage::index_pool() { return *parts_->index_pool; }
TimerScan& Storage::timers() { return *parts_->timers; }
QuietFlush& Storage::quiet_flush() { return *parts_->quiet_flush; }
Database& Storage::database() { return *parts_->database; }
bool Storage::writable() const { return parts_->health.writable() && !parts_->health.full(); }
Keyring& Storage::keyring() { return *parts_->keyring; }

Result<void> Storage::checkpoint(const std::string& folder) {
  const std::lock_guard lock(parts_->log_mutex);
  return make_checkpoint(database(), keyring(), folder);
}

void Storage::trim_log() {
  const std::unique_lock lock(parts_->log_mutex, std::try_to_lock);
  if (!lock.owns_lock()) return;  // busy: trim at the next call
  std::uint64_t bytes = parts_->keep_log_bytes, free = 0;
  if (parts_->env.GetFreeSpace(parts_->data, &free).ok()) bytes = std::min(bytes, free / 4);
  if (auto trimmed = trim_kept_log(parts_->env, parts_->data, bytes); !trimmed)
    log::warn("log_not_trimmed", {{"reason", trimmed.error().detail}});
}

void Storage::start() { parts_->writer->start(); }

void Storage::stop() {
  if (!parts_) return;
  for (auto* pool : {parts_->read_pool.get(), parts_->query_pool.get(), parts_->search_pool.get(),
                     parts_->index_pool.get()})
    if (pool != nullptr) pool->stop();
  if (parts_->writer) parts_->writer->stop();
}

}  // namespace aura::storage
