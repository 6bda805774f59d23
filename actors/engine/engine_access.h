// The Access port: what API keys open; and their life: created, used, expired, revoked. Lookups are
// cached. A key's use is noted once an hour. Owned by the EngineHost; any thread may call.
#pragma once

#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "actors/services.h"
#include "runtime/ports/engine_api.h"
#include "storage/lru_cache.h"
#include "storage/schema/records.pb.h"

namespace aura {

class EngineAccess final : public Access {
 public:
  explicit EngineAccess(const Services& services) : services_(services) {}
  Result<std::optional<KeyGrant>> grant_of(const std::string& api_key) override;

  // For the operator. Block: on a read thread.
  Result<List<api::ApiKey>> keys_of(const Id& workspace, const Page& page) const;
  void create(const Id& workspace, const api::ApiKeyInput& input, const MaybeIdempotency& once,
              Reply<api::ApiKey> reply);
  void revoke(const Id& workspace, const Id& key, Reply<std::monostate> reply);

 private:
  struct Known {
    KeyGrant grant;
    Millis expires = 0;
    Millis noted = 0;  // when its use was last noted
  };
  Result<std::optional<record::ApiKey>> row_of(const Id& workspace, const std::string& hash) const;
  void note_use(const Id& workspace, const std::string& hash, Millis now);

  const Services& services_;
  storage::LruCache<std::string, Known> known_{4096};  // by key hash
  // A use must not be noted after the revocation: that would store the row again.
  std::mutex revoked_mutex_;
  std::set<std::string> revoked_;  // by key hash
};

}  // namespace aura
