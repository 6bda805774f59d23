// What each error code of the Cloud API means for the outbox and for the shop's owner: Meta's codes
// decide, never its texts. The same codes come as the answer of a call and in a `failed` status.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/ports/channel_adapter.h"

namespace aura::net::whatsapp {

struct Verdict {
  SendOutcome::Kind kind;
  const char* code;           // ours, stable
  const char* detail;         // for the shop's owner
  Millis retry_after_ms = 0;  // of retry and pause: 0 leaves it to headers and backoff
  bool of_contact = false;    // the pause is about this person only
  bool of_file = false;       // failed because of a file: its link may still go
  bool of_owner = false;      // the account needs its owner: told beside the message
  bool of_marketing = false;  // the pause is about marketing only
};

// `http_status` 0: the error came in a status.
Verdict verdict_of(std::int64_t code, std::int64_t subcode, int http_status);

}  // namespace aura::net::whatsapp
