// Twilio's REST API for one account and its messages: send, list, look up, numbers, media. Owned by
// the simulator; one thread.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "bench/sim/intake.h"
#include "bench/sim/media_store.h"
#include "bench/sim/twilio_request.h"

namespace aura::bench {

class TwilioApi {
 public:
  TwilioApi(Intake& intake, const Ledger& ledger, MediaStore& media)
      : intake_(intake), ledger_(ledger), media_(media) {}

  static bool is_own(std::string_view target);  // below /2010-04-01/, after any host
  HttpAnswer handle(const HttpMessage& request);
  // The contact sent STOP (`out`) or START: after STOP, sends to the contact are refused with
  // 21610.
  void opted_out(const std::string& contact, bool out);
  // The token that signs the account's webhooks: from the knob `tokens`, else the token of the
  // account's last call.
  std::string token_of(const std::string& account) const;
  void know_token(const std::string& account, const std::string& token) {
    seen_tokens_[account] = token;
  }
  void clear() {
    opted_out_.clear();
    webhooks_.clear();
  }

 private:
  struct Call {
    const HttpMessage& request;
    std::string account;
    std::string_view resource;  // path after the account: "Messages.json", "Messages/SM….json", …
  };
  HttpAnswer answer(const Call& call);
  TwilioError check_caller(const Call& call);
  HttpAnswer send(const Call& call);
  HttpAnswer list(const Call& call) const;
  HttpAnswer message(const Call& call, std::string_view sid) const;
  HttpAnswer media(const Call& call, std::string_view id);
  HttpAnswer numbers(const Call& call);

  Intake& intake_;
  const Ledger& ledger_;
  MediaStore& media_;
  std::set<std::string> opted_out_;
  std::map<std::string, std::string> seen_tokens_;
  std::map<std::string, std::string> webhooks_;  // number's sid → SmsUrl
};

}  // namespace aura::bench
