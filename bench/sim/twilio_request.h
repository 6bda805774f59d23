// Checks the form of Twilio's POST Messages.json field by field. Pure.
#pragma once

#include <string>

#include "bench/sim/form.h"
#include "bench/sim/http_server.h"
#include "bench/sim/ledger.h"

namespace aura::bench {

struct TwilioError {
  int status = 400;
  int code = 0;  // 0: no error
  std::string message;
};

HttpAnswer refuse(const TwilioError& error);

// Fills recipient, sender, text, type ("sms" or "mms"), callback and message of `out`.
TwilioError parse_twilio(const Form& form, AcceptedSend& out);

bool is_e164(std::string_view number);

}  // namespace aura::bench
