// The Access port: maps API keys to workspaces. Lookups are cached without expiry, because keys are
// never revoked. Owned by the EngineHost; any thread may call.
#pragma once

#include <optional>
#include <string>

#include "actors/services.h"
#include "runtime/ports/engine_api.h"
#include "storage/lru_cache.h"

namespace aura {

class EngineAccess final : public Access {
 public:
  explicit EngineAccess(const Services& services) : services_(services) {}
  Result<std::optional<Id>> workspace_of(const std::string& api_key) const override;

 private:
  const Services& services_;
  mutable storage::LruCache<std::string, Id> known_{4096};  // by key hash
};

}  // namespace aura
