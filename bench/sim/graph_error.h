// An error as the Graph API tells it. Pure.
#pragma once

#include <cstdint>
#include <string>

#include "bench/sim/http_server.h"

namespace aura::bench {

struct GraphError {
  int status = 400;
  int code = 0;  // 0: no error
  int subcode = 0;
  bool transient = false;
  std::string message;
  std::string details;  // WhatsApp: error_data.details
};

std::string error_json(const GraphError& error, std::uint64_t trace);
HttpAnswer refuse(const GraphError& error);
HttpAnswer json_answer(std::string body, int status = 200);

// "#code" or "#code/subcode" of the knob recipient_errors, with the HTTP status Meta sends it with.
GraphError error_named(std::string_view code_and_subcode);

}  // namespace aura::bench
