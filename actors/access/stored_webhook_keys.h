// The channels' webhook keys, from their sealed credentials. Caches unsealed keys until the stored
// credentials change. Created by the application, outlives the network layer. Any thread may call;
// each call makes one point read.
#pragma once

#include <mutex>

#include "actors/access/accounts.h"
#include "runtime/ports/webhook_keys.h"
#include "storage/store.h"

namespace aura {

class StoredWebhookKeys final : public WebhookKeys {
 public:
  StoredWebhookKeys(const Accounts& accounts, const storage::Reader& reader, storage::Vault& vault)
      : accounts_(accounts), reader_(reader), vault_(vault) {}
  Result<std::shared_ptr<const WebhookKey>> find(const Id& channel) const override;

 private:
  struct Kept {
    std::string sealed;  // the credentials it was made from
    std::shared_ptr<const WebhookKey> key;
  };
  static constexpr std::size_t kKept = 4096;  // channels; a full cache is cleared

  const Accounts& accounts_;
  const storage::Reader& reader_;
  storage::Vault& vault_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<Id, Kept> kept_;
};

}  // namespace aura
