// An error in the Graph API's format. Pure.
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
  std::string details;  // WhatsApp's error_data.details
};

std::string error_json(const GraphError& error, std::uint64_t trace);
HttpAnswer refuse(const GraphError& error);
HttpAnswer json_answer(std::string body, int status = 200);
HttpAnswer graph_done();  // {"success":true}

// The error of the knob recipient_errors ("code" or "code/subcode"), with the HTTP status that Meta
// uses.
GraphError error_named(std::string_view code_and_subcode);

}  // namespace aura::bench
