#include "runtime/trace_context.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/hex.h"

namespace aura {
namespace {

bool is_hex(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_id(std::string_view text) {
  return is_hex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

// "00-" trace "-" span "-" flags; later versions may append more after another dash.
std::optional<TraceContext> parse_traceparent(std::string_view header) {
  constexpr std::size_t kSize = 55;
  if (header.size() < kSize || header[2] != '-' || header[35] != '-' || header[52] != '-')
    return std::nullopt;
  const std::string_view version = header.substr(0, 2);
  const bool more = header.size() > kSize;
  if (!is_hex(version) || version == "ff" || !is_hex(header.substr(53, 2))) return std::nullopt;
  if (more && (version == "00" || header[kSize] != '-')) return std::nullopt;
  const std::string_view trace = header.substr(3, 32), span = header.substr(36, 16);
  if (!is_id(trace) || !is_id(span)) return std::nullopt;
  return TraceContext{std::string(trace), std::string(span)};
}

std::string to_traceparent(const TraceContext& context) {
  return "00-" + context.trace_id + "-" + context.span_id + "-01";
}

TraceContext trace_of_message(const Id& message, std::uint64_t call) {
  TraceContext context;
  context.trace_id = to_hex(message.view());
  const std::string number = std::to_string(call);
  context.span_id = fmt::format("{:016x}", short_hash(std::string(message.view()) + number) | 1);
  return context;
}

}  // namespace aura
