#include "net/providers/reply_headers.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <string>

#include "net/http.h"

namespace aura::net {
namespace {

std::optional<std::int64_t> http_date(std::string_view text) {
  std::tm parts{};
  const std::string copy(text);
  const char* end = strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return timegm(&parts);
}

}  // namespace

std::string_view header_of(const ProviderReply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers) {
    if (equals_ignoring_case(key, name)) return value;
  }
  return {};
}

std::optional<Millis> retry_after(const ProviderReply& reply) {
  constexpr std::int64_t kLongest = 7 * 24 * 3600;
  const std::string_view value = header_of(reply, "Retry-After");
  if (value.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error != std::errc() || end != value.data() + value.size()) {
    const auto then = http_date(value);
    const auto now = http_date(header_of(reply, "Date"));
    if (!then || !now) return std::nullopt;
    seconds = *then - *now;
  }
  return std::clamp<std::int64_t>(seconds, 0, kLongest) * 1000;
}

}  // namespace aura::net
