// Logins at Meta whose accounts are being chosen: what each may open, with the tokens, which never
// leave the engine. In memory, for half an hour each; a restart ends them, then one logs in again.
// Owned by ChannelSetup; any thread.
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
  MaybeIdempotency once;  // of the request that began it
};

class ChannelLogins {
 public:
  // Too many of a workspace at once: its one that ends first makes room.
  void add(const Id& id, Login login, Millis now);
  std::optional<Login> find(const Id& id, const Id& workspace, Millis now) const;
  std::optional<Login> find(const Idempotency& once, const Id& workspace, Millis now) const;
  // A code is good for one exchange: of two requests with one key the second waits for neither.
  bool begin(const Idempotency& once);  // false: one is running
  void end(const Idempotency& once);

 private:
  mutable std::mutex mutex_;
  std::map<Id, Login> logins_;
  std::set<std::string> running_;  // keys of requests
};

}  // namespace aura::net
