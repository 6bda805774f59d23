// Maps error codes of the Cloud API to send outcomes and texts for the shop's owner, by Meta's
// codes only, never by its texts. Replies to calls and `failed` statuses use the same codes.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/ports/channel_adapter.h"

namespace aura::net::whatsapp {

struct Verdict {
  SendOutcome::Kind kind;
  const char* code;           // our own stable code
  const char* detail;         // for the shop's owner
  Millis retry_after_ms = 0;  // for retry and pause; 0: decided by headers and backoff
  bool of_contact = false;    // the pause applies to this person only
  bool of_file = false;       // failed because of a file: its link may still be sent
  bool of_owner = false;      // the owner must act: an account notice is added
  bool of_marketing = false;  // the pause applies to marketing only
};

// `http_status` 0: the error came in a status.
Verdict verdict_of(std::int64_t code, std::int64_t subcode, int http_status);

}  // namespace aura::net::whatsapp
