// W3C trace context. A message's trace id is the 16 bytes of its id: nothing extra is stored, and
// the message id alone finds its lines in every log. A caller's trace id is logged beside it. Pure;
// any thread.
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

// Parses a `traceparent` header; nothing if it is malformed.
std::optional<TraceContext> parse_traceparent(std::string_view header);
std::string to_traceparent(const TraceContext& context);

// The context of the n-th provider call for a message.
TraceContext trace_of_message(const Id& message, std::uint64_t call = 0);

}  // namespace aura
