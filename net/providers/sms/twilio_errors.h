// Maps Twilio's error codes, in replies to sends and in status callbacks, to send outcomes and
// texts for the shop's owner. Pure; any thread.
#pragma once

#include <cstdint>

#include "runtime/ports/channel_adapter.h"

namespace aura::net::sms {

struct Verdict {
  enum class Notice {
    none,
    owner,      // the owner must act on the account or sender: an account notice is added
    opted_out,  // the contact has opted out
  };
  SendOutcome::Kind kind;
  const char* code;    // our own stable code
  const char* detail;  // for the shop's owner
  Millis wait = 0;     // for retry and pause: minimum wait unless the reply names one
  Notice notice = Notice::none;
  Millis resend = 0;     // for a temporary failure: resend once after this time; 0: never
  bool of_file = false;  // the failure concerns a file: retry with the file as a link
};

// `code` 0: the reply contains no code, so the HTTP status decides.
Verdict verdict_of(std::int64_t code, int http_status);

constexpr std::int64_t kOptedOut = 21610;

// Whether the code is an A2P daily limit, which is reset at midnight.
bool until_next_day(std::int64_t code);

}  // namespace aura::net::sms
