// Meta's Graph API as a messaging engine calls it: the Send API of Messenger and Instagram,
// WhatsApp, login, accounts, profiles. It determines the channel of a call, checks the caller,
// injects faults and passes the call on; accepted sends go to the intake. Owned by the simulator;
// one thread.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "bench/sim/graph_accounts.h"
#include "bench/sim/graph_call.h"
#include "bench/sim/intake.h"
#include "bench/sim/meta_login.h"
#include "bench/sim/whatsapp_api.h"
#include "bench/support/signer.h"

namespace aura::bench {

class GraphApi {
 public:
  GraphApi(Intake& intake, MediaStore& media, MetaApp app);

  HttpAnswer handle(const HttpMessage& request);
  void clear();

 private:
  HttpAnswer answer(const GraphCall& call, Channel channel, const std::string& account);
  HttpAnswer send(const GraphCall& call, Channel channel, const std::string& account);
  HttpAnswer accept(AcceptedSend entry);
  GraphError check_caller(const GraphCall& call, Channel channel) const;
  GraphError check_proof(const GraphCall& call, Channel channel, const std::string& in_body);
  Channel channel_of(const GraphCall& call) const;
  std::string account_of(const GraphCall& call, Channel channel) const;
  const std::string& proof_of(const std::string& token);
  void add_usage(HttpAnswer& answer, Channel channel, std::string_view account) const;

  Intake& intake_;
  MediaStore& media_;
  std::string app_secret_;
  Signer signer_;
  MetaLogin login_;
  GraphAccounts accounts_;
  WhatsAppApi whatsapp_;
  std::unordered_map<std::string, std::string> proofs_;
};

}  // namespace aura::bench
