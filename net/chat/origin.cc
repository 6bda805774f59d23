#include "net/chat/origin.h"

#include <algorithm>

namespace aura::net {
namespace {

constexpr std::string_view kAnyName = "*.";

struct Parts {
  std::string_view scheme;  // with "://"
  std::string_view host;    // with its port
};

Parts split(std::string_view origin) {
  const std::size_t end = origin.find("://");
  if (end == std::string_view::npos) return {};
  return {origin.substr(0, end + 3), origin.substr(end + 3)};
}

bool is_host(std::string_view host) {
  return !host.empty() && host.front() != '.' && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '[' ||
           c == ']' || c == ':';
  });
}

bool matches(std::string_view pattern, std::string_view origin) {
  const Parts wanted = split(pattern);
  if (!wanted.host.starts_with(kAnyName)) return pattern == origin;
  const Parts given = split(origin);
  const std::string_view tail = wanted.host.substr(kAnyName.size() - 1);  // ".shop.example"
  return given.scheme == wanted.scheme && given.host.size() > tail.size() &&
         given.host.ends_with(tail);
}

}  // namespace

bool is_origin_pattern(std::string_view text) {
  constexpr std::size_t kLongest = 255;
  Parts parts = split(text);
  if (parts.scheme != "https://" && parts.scheme != "http://") return false;
  if (parts.host.starts_with(kAnyName)) parts.host.remove_prefix(kAnyName.size());
  return text.size() <= kLongest && is_host(parts.host);
}

bool origin_allowed(const std::vector<std::string>& allowed, std::string_view origin) {
  return allowed.empty() || std::any_of(allowed.begin(), allowed.end(), [&](const auto& pattern) {
           return matches(pattern, origin);
         });
}

}  // namespace aura::net
