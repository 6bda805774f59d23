// The body of a Send API call: parsed and checked as Meta does. Pure.
#pragma once

#include <string>
#include <string_view>

#include "bench/sim/ledger.h"

namespace aura::bench {

struct GraphError {
  int status = 400;
  int code = 0;  // 0: no error
  int subcode = 0;
  bool transient = false;
  std::string message;
};

// Fills recipient, kind, text, metadata and message of `out`; `proof` gets an appsecret_proof given
// in the body.
GraphError parse_send(std::string_view body, AcceptedSend& out, std::string& proof);

std::string error_json(const GraphError& error, std::uint64_t trace);

}  // namespace aura::bench
