// The tokens of Meta's login: exchanges codes, makes tokens long-lived, refreshes and inspects
// them. A token that the simulator did not issue counts as valid. Owned by the Graph API; one
// thread.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "bench/sim/faults.h"
#include "bench/sim/graph_call.h"
#include "bench/sim/graph_error.h"
#include "bench/sim/sim_clock.h"

namespace aura::bench {

struct MetaApp {
  std::string id;
  std::string secret;  // empty: does not check secrets and proofs
};

class MetaLogin {
 public:
  MetaLogin(Faults& faults, SimClock clock, MetaApp app);

  // Answers oauth/access_token, access_token, refresh_access_token and debug_token; nothing for any
  // other call.
  std::optional<HttpAnswer> handle(const GraphCall& call);
  // True if the simulator issued this token in a login. A token from an Instagram code belongs to
  // kInstagramAccount.
  static constexpr const char* kInstagramAccount = "17841400000000001";
  bool issued(const std::string& token) const { return tokens_.contains(token); }
  // Why an issued token no longer works; code 0: it works.
  GraphError dead(const std::string& token) const;

 private:
  struct Token {
    std::string kind;  // "USER" (short or long), "INSTAGRAM", "APP"
    std::int64_t issued_ms = 0;
    std::int64_t expires_ms = 0;  // 0: never
  };
  HttpAnswer facebook_token(const GraphCall& call);
  HttpAnswer instagram_code(const GraphCall& call);
  HttpAnswer instagram_long(const GraphCall& call);
  HttpAnswer instagram_refresh(const GraphCall& call);
  HttpAnswer inspect(const GraphCall& call) const;
  GraphError check_app(const GraphCall& call) const;
  GraphError use_code(const std::string& code);
  std::string issue(const char* prefix, const char* kind, std::int64_t seconds);

  Faults& faults_;
  SimClock clock_;
  MetaApp app_;
  std::unordered_map<std::string, Token> tokens_;
  std::set<std::string> used_codes_;
  std::uint64_t next_ = 0;
};

}  // namespace aura::bench
