// What each error of the Send API means for the outbox: Meta's codes decide, never its texts.
#pragma once

#include "runtime/ports/channel_adapter.h"

namespace aura::net::messenger {

struct GraphError {
  int http_status = 0;
  std::int64_t code = 0;
  std::int64_t subcode = 0;
  bool transient = false;
};

struct Verdict {
  SendOutcome::Kind kind;
  const char* code;    // ours, stable
  const char* detail;  // for the shop's owner
};

Verdict verdict_of(const GraphError& error);

}  // namespace aura::net::messenger
