// One login at Meta, from its code (or a pasted token) to the accounts it may use: a few
// consecutive calls, each bounded by the provider client's timeouts. Keeps itself alive until its
// reply has run, once, on the thread of the last call.
#pragma once

#include <functional>
#include <memory>

#include "net/providers/meta/login_calls.h"
#include "runtime/ports/engine_api.h"
#include "runtime/ports/provider_client.h"

namespace aura::net {

class MetaLogin : public std::enable_shared_from_this<MetaLogin> {
 public:
  using Accounts = std::vector<meta::LoginAccount>;
  static void run(meta::Options app, ProviderClient& provider, api::ChannelLoginInput input,
                  Reply<Accounts> reply);

 private:
  MetaLogin(meta::Options app, ProviderClient& provider, api::ChannelLoginInput input,
            Reply<Accounts> reply);
  using OnToken = void (MetaLogin::*)(meta::LoginToken token);
  void start();
  void ask_for_token(ProviderCall call, OnToken then);
  void lengthen(meta::LoginToken token);
  void list(meta::LoginToken token);
  void list_pages(const std::string& after);
  void take(Result<meta::AccountPage> page);
  void fail_with(Error error);

  const meta::Options app_;
  ProviderClient& provider_;
  const api::ChannelLoginInput input_;
  const Reply<Accounts> reply_;
  meta::LoginToken token_;
  Accounts accounts_;
  int pages_ = 0;
};

}  // namespace aura::net
