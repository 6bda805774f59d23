// W3C trace context. A message's trace id is its own 16 bytes, so nothing is stored and whoever has
// the message's id finds its lines in every log; a caller's trace id is logged beside it. Pure; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/ids.h"

namespace aura {

struct TraceContext {
  std::string trace_id;  // 32 hexadecimal digits
  std::string span_id;   // 16
};

// Of the header `traceparent`; nothing if it is not one.
std::optional<TraceContext> parse_traceparent(std::string_view header);
std::string to_traceparent(const TraceContext& context);

// The n-th call that is made for a message.
TraceContext trace_of_message(const Id& message, std::uint64_t call = 0);

}  // namespace aura
