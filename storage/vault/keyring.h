// The database of wrapped data keys. It is separate from the data, so that destroying a key also
// makes the data in logs, files and backups unreadable. Owned by Storage; outlives Writer and
// Vault. Any thread may read; the Writer and the expiry of journal keys write.
//
//   'W' ws(16)          → workspace key, wrapped by the master key
//   'C' ws(16) ct(16)   → contact key, wrapped by the workspace key
//   'J' hour(4)         → journal key, wrapped by the master key
//   'P'                 → exists while destroyed bytes still have to be purged from the files
//   "format", "sentinel"
// A wrapped key is a sealed value (storage/store.h) whose additional data is "aura.key" and its row
// key. A destroyed contact key leaves an empty value, so that a restore knows which contacts to
// erase. A separate thread purges destroyed bytes from the files: with a million keys a purge takes
// seconds. Nothing waits for it, and one purge serves all keys destroyed meanwhile.
#pragma once

#include <rocksdb/db.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "storage/health.h"
#include "storage/store.h"

namespace aura::storage {

inline constexpr std::uint32_t kKeyringFormat = 1;

namespace keyring_keys {
std::string workspace(const Id& workspace);
std::string contact(const Id& workspace, const Id& contact);
std::string journal(std::uint32_t hour);
std::string wrap_aad(std::string_view key);
}  // namespace keyring_keys

class Keyring {
 public:
  // Refuses a master key other than the one it was created with, and a newer format, before
  // anything is written. `health` and `env` (null: the system's) must outlive the keyring.
  static Result<std::unique_ptr<Keyring>> open(const std::string& path, const DataKey& master,
                                               Health& health, rocksdb::Env* env = nullptr);
  static bool exists(const std::string& path, rocksdb::Env* env = nullptr);
  // Only the checks that open() makes before it writes; false: there is no keyring.
  static Result<bool> check(const std::string& path, const DataKey& master,
                            rocksdb::Env* env = nullptr);
  // Opens read-only: writes nothing and needs no master key.
  static Result<std::unique_ptr<Keyring>> look(const std::string& path, Health& health,
                                               rocksdb::Env* env = nullptr);

  ~Keyring();  // finishes a pending purge first

  // The wrapped key; nothing if there is none; empty if it was destroyed.
  Result<std::optional<std::string>> get(std::string_view key) const;

  // Writes and syncs. A destroyed key cannot be read any more; its bytes are purged from the files
  // soon (a crash only delays that).
  Result<void> apply(const std::vector<const KeyringMutation*>& mutations);

  // Destroys the journal keys of hours before `hour`; returns their number.
  Result<std::size_t> expire_journal_keys(std::uint32_t hour);

  // Wraps all that the master key wraps by another one, in one synced batch; the former wraps are
  // purged from the files soon.
  Result<void> wrap_anew(const DataKey& master, const DataKey& next);

  // Waits until all destroyed bytes are purged from the files, before they are copied.
  void wait_until_purged();

  Result<void> for_each(
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const;

  rocksdb::DB& db() const { return *db_; }

 private:
  explicit Keyring(Health& health) : health_(health) {}
  Result<void> write(rocksdb::WriteBatch& batch, bool purges);
  void run_purges();
  rocksdb::Status purge_files();
  rocksdb::Status purged();
  Result<void> prepare(const DataKey& master);

  Health& health_;
  std::unique_ptr<rocksdb::DB> db_;
  std::mutex write_mutex_;
  std::condition_variable purge_changed_;
  bool purge_owed_ = false;
  bool purging_ = false;
  bool ending_ = false;
  std::thread purger_;  // started by the first destruction
};

}  // namespace aura::storage
