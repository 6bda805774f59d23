// What Twilio's error codes mean for the outbox and for the shop's owner, whether they come as the
// answer to a send or later with a status callback. Pure; any thread.
#pragma once

#include <cstdint>

#include "runtime/ports/channel_adapter.h"

namespace aura::net::sms {

struct Verdict {
  enum class Notice {
    none,
    owner,      // the account or its sender needs its owner: told beside the message
    opted_out,  // the contact does not want messages any more
  };
  SendOutcome::Kind kind;
  const char* code;    // ours, stable
  const char* detail;  // for the shop's owner
  Millis wait = 0;     // of retry and pause: not before, unless the reply says otherwise
  Notice notice = Notice::none;
  Millis resend = 0;     // of a failure that passes: one more try after this time; 0: none
  bool of_file = false;  // … with the file as a link
};

// `code` 0: the reply named none, so its HTTP status decides.
Verdict verdict_of(std::int64_t code, int http_status);

constexpr std::int64_t kOptedOut = 21610;
constexpr std::int64_t kQueueOverflow = 30001;

// The A2P daily limits, which are counted anew at midnight.
bool until_next_day(std::int64_t code);
Millis next_day(Millis now);

}  // namespace aura::net::sms
