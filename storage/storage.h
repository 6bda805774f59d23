// All durable state of one process, opened and closed in the right order: master key, keyring,
// database, then vault, reader and writer. Owned by the application, which calls start() before the
// actors commit and stop() after the last actor has ended.
//
//   <path>/db     the data          <path>/keys   the keyring
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "runtime/clock.h"
#include "runtime/result.h"
#include "storage/store.h"

namespace rocksdb {
class Env;
}

namespace aura::storage {

class Database;
class Keyring;
class KeyVault;
class QuietFlush;
class TimerScan;
class Writer;

struct StorageOptions {
  std::string path;             // the data directory
  std::string master_key_path;  // created at the first start
  bool sync = true;
  std::size_t block_cache_bytes = std::size_t{32} << 20;
  std::size_t write_buffer_bytes = std::size_t{16} << 20;
  std::uint64_t keep_log_bytes = 0;  // of log, for restores between backups (kept_log.h)
  std::function<void(int)> exit;     // null: ends the process; replaced in tests
};

class Storage {
 public:
  // A wrong or missing master key and a newer format are refused before anything is written.
  static Result<std::unique_ptr<Storage>> open(StorageOptions options, const Clock& clock,
                                               rocksdb::Env* env = nullptr);
  ~Storage();

  Writer& writer();
  KeyVault& vault();
  const Reader& reader() const;
  ReadPool& read_pool();    // for the engine
  ReadPool& query_pool();   // for API lists and opening chats
  ReadPool& search_pool();  // for searches, which may take seconds
  ReadPool& index_pool();   // for what may take seconds: agents' indexes, upkeep
  TimerScan& timers();
  QuietFlush& quiet_flush();
  Database& database();
  Keyring& keyring();
  bool writable() const;  // false: commits are refused until an operator acts; any thread

  // Makes a consistent copy of everything, as links in <folder>/db, /log and /keys (backup.h).
  // Blocks.
  Result<void> checkpoint(const std::string& folder);
  // Trims the kept log to its bound, at most a quarter of the free disk. Called periodically, by
  // any thread.
  void trim_log();

  void start();  // starts the writer's thread
  void stop();   // refuses new commits, writes queued ones, ends the threads

 private:
  Storage();
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace aura::storage
