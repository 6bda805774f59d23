// The database of wrapped data keys: small, apart from the data, so that destroying a key is final
// for the data's log, files and backups too. Owned by the application; outlives Writer and Vault.
// Any thread may read; the Writer and the expiry of journal keys write.
//
//   'W' ws(16)          → workspace key, wrapped by the master key
//   'C' ws(16) ct(16)   → contact key, wrapped by the workspace's
//   'J' hour(4)         → journal key, wrapped by the master key
//   'P'                 → present: destroyed bytes are still to be purged from the files
//   "format", "sentinel"
// A wrapped key is a sealed value (storage/store.h) whose additional data is "aura.key" and its own
// key. A destroyed contact key leaves an empty value: the list of what a restored backup must
// shred. Destroyed bytes leave the files on a thread of the keyring's own: with a million keys that
// takes seconds, in which nobody waits, and however many are destroyed meanwhile it is done once.
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
  // Refuses another master key than the one it was made with, and a newer format, before anything
  // is written. `health` and `env` (null: the system's) must outlive the keyring.
  static Result<std::unique_ptr<Keyring>> open(const std::string& path, const DataKey& master,
                                               Health& health, rocksdb::Env* env = nullptr);
  static bool exists(const std::string& path, rocksdb::Env* env = nullptr);
  // What open() checks before it writes, alone; false: there is no keyring.
  static Result<bool> check(const std::string& path, const DataKey& master,
                            rocksdb::Env* env = nullptr);
  // Only to be read; nothing is written, and no master key is needed.
  static Result<std::unique_ptr<Keyring>> look(const std::string& path, Health& health,
                                               rocksdb::Env* env = nullptr);

  ~Keyring();  // after a purge that is owed

  // The wrapped key; nothing if there is none, empty if it was destroyed.
  Result<std::optional<std::string>> get(std::string_view key) const;

  // Synced. What is destroyed cannot be read any more, and leaves the files soon (a crash meanwhile
  // only puts it off).
  Result<void> apply(const std::vector<const KeyringMutation*>& mutations);

  // Destroys journal keys of hours before `hour`; how many.
  Result<std::size_t> expire_journal_keys(std::uint32_t hour);

  // Until what was destroyed before has left the files: they are about to be copied.
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
  std::thread purger_;  // from the first destruction on
};

}  // namespace aura::storage
