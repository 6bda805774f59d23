// The Vault over a keyring: master key → workspace keys → contact keys; master key → journal keys,
// one per hour. Caches recently used workspace and journal keys; actors keep the contact keys that
// they use. Owned by Storage; any thread may call.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "storage/lru_cache.h"
#include "storage/store.h"
#include "storage/vault/keyring.h"

namespace aura::storage {

class KeyVault final : public Vault {
 public:
  KeyVault(Keyring& keyring, DataKeyPtr master, std::size_t cached_workspaces = 1024);

  Result<DataKeyPtr> workspace_key(const Id& workspace) override;
  Result<DataKeyPtr> contact_key(const Id& workspace, const Id& contact) override;
  Result<bool> is_erased(const Id& workspace, const Id& contact) override;
  Result<DataKeyPtr> create_workspace_key(const Id& workspace, Commit& commit) override;
  // The workspace key may be durable or created by the same commit. If another commit creates a key
  // for the same contact first, this commit is refused with Errc::conflict.
  Result<DataKeyPtr> create_contact_key(const Id& workspace, const Id& contact,
                                        Commit& commit) override;
  void destroy_contact_key(const Id& workspace, const Id& contact, Commit& commit) override;
  Result<DataKeyPtr> journal_key(Millis now, std::uint32_t& hour, Commit& commit) override;
  Result<DataKeyPtr> journal_key_of(std::uint32_t hour) override;
  std::string secret_for(std::string_view purpose) const override {
    return master_->derive(purpose);
  }

  // Destroys the journal keys of hours that ended before `now - retention` and returns their
  // number. Keeps every key that an event among `rows` still needs, however old the event is (or
  // seems, by a wrong clock). Blocks.
  Result<std::size_t> expire_journal_keys(const Reader& rows, Millis now, Millis retention);

 private:
  struct CurrentJournalKey {
    std::uint32_t hour = 0;
    DataKeyPtr key;
    std::string wrapped;
    bool durable = false;
  };
  Result<DataKeyPtr> unwrap(const DataKey& with, const std::string& key, std::string_view wrapped);
  Result<DataKeyPtr> stored(const DataKey& with, const std::string& key);
  Result<DataKeyPtr> stored_or_new(const DataKey& with, std::string key, Commit& commit);
  Result<DataKeyPtr> workspace_key_in(const Id& workspace, const Commit& commit);
  Result<void> turn_to_hour(std::uint32_t hour);

  Keyring& keyring_;
  const DataKeyPtr master_;
  LruCache<Id, DataKeyPtr> workspaces_;
  LruCache<std::uint32_t, DataKeyPtr> journal_hours_;
  std::mutex current_mutex_;
  CurrentJournalKey current_;
};

// Loads 32 bytes from `path`; creates the file (mode 0600, atomically) if it is missing and
// `may_create`. Warns if other users may read it.
Result<DataKeyPtr> load_master_key(const std::string& path, bool may_create);

}  // namespace aura::storage
