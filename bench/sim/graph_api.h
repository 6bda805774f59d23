// The part of Meta's Graph API that a Messenger engine calls: Send API, page accounts,
// subscriptions, token inspection, profiles. Checks what Meta checks and refuses as Meta refuses;
// accepted sends go to the ledger. Owned by the simulator; one thread.
#pragma once

#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>

#include "bench/sim/http_server.h"
#include "bench/sim/knobs.h"
#include "bench/sim/ledger.h"
#include "bench/support/signer.h"

namespace aura::bench {

class GraphApi {
 public:
  using Accepted = std::function<void(const AcceptedSend&)>;

  GraphApi(const Knobs& knobs, Ledger& ledger, std::string app_secret, Accepted accepted);

  HttpAnswer handle(const HttpMessage& request);
  void reseed() { random_.seed(knobs_.seed); }

 private:
  struct Call {
    const HttpMessage& request;
    std::string_view node;  // "me", a page id or a person's id
    std::string_view edge;  // "messages", "accounts", … or empty
    std::string token;
  };
  HttpAnswer send(const Call& call);
  HttpAnswer accept(const Call& call, AcceptedSend entry);
  HttpAnswer read_edge(const Call& call) const;
  HttpAnswer check_caller(Call& call);  // status 200 when the caller may go on
  std::string page_of(const Call& call) const;
  const std::string& proof_of(const std::string& token);
  bool happens(double rate) { return rate > 0 && chance_(random_) < rate; }
  void delay(HttpAnswer& answer);
  void add_usage(HttpAnswer& answer, std::string_view page) const;

  const Knobs& knobs_;
  Ledger& ledger_;
  std::string app_secret_;
  Signer signer_;
  Accepted accepted_;
  std::mt19937_64 random_;
  std::uniform_real_distribution<double> chance_{0, 1};
  std::unordered_map<std::string, std::string> proofs_;
  std::uint64_t next_message_ = 0;
  std::uint64_t process_tag_;  // so that two runs never give the same message id
};

}  // namespace aura::bench
