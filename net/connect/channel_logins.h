// Logins at Meta whose accounts the client has not chosen yet: the accounts and their tokens, which
// never leave the engine. In memory for half an hour each; a restart drops them, and the client
// logs in again. Owned by ChannelSetup; any thread.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "net/providers/meta/login_calls.h"
#include "runtime/clock.h"
#include "runtime/ids.h"
#include "runtime/ports/engine_api.h"

namespace aura::net {

struct Login {
  Id workspace;
  api::ChannelLogin shown;
  std::vector<meta::LoginAccount> accounts;
  MaybeIdempotency once;  // of the request that began the login
};

class ChannelLogins {
 public:
  // If the workspace has too many logins, the one that expires first is dropped.
  void add(const Id& id, Login login, Millis now);
  std::optional<Login> find(const Id& id, const Id& workspace, Millis now) const;
  std::optional<Login> find(const Idempotency& once, const Id& workspace, Millis now) const;
  // A code can be exchanged only once. So a second request with the same key must not start while
  // the first one runs; the caller refuses it.
  bool begin(const Idempotency& once);  // false: a request with this key is running
  void end(const Idempotency& once);

 private:
  mutable std::mutex mutex_;
  std::map<Id, Login> logins_;
  std::set<std::string> running_;  // Idempotency-Keys of running requests
};

}  // namespace aura::net
