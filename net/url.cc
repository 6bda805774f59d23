#include <algorithm>

#include "net/client/http_client.h"

namespace aura::net {
namespace {

tl::unexpected<Error> not_a_url() {
  return fail(Errc::invalid, "The address must be http:// or https:// with a host.");
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
  Url url;
  if (text.starts_with("https://")) {
    url.tls = true;
    text.remove_prefix(8);
  } else if (text.starts_with("http://")) {
    text.remove_prefix(7);
  } else {
    return not_a_url();
  }
  for (const char c : text) {
    if (c <= ' ' || c == 0x7f || c == '#' || c == '\\') return not_a_url();
  }
  const auto end = text.find_first_of("/?");
  std::string_view authority = text.substr(0, end);
  const std::string_view rest = end == std::string_view::npos ? "" : text.substr(end);
  url.target = rest.starts_with('/') ? std::string(rest) : "/" + std::string(rest);
  if (authority.find('@') != std::string_view::npos) return not_a_url();
  const auto bracket = authority.starts_with('[') ? authority.find(']') : 0;
  if (bracket == std::string_view::npos) return not_a_url();
  if (bracket != 0 && bracket + 1 < authority.size() && authority[bracket + 1] != ':')
    return not_a_url();
  const auto colon = authority.find(':', bracket);
  url.host = std::string(authority.substr(0, colon));
  if (bracket != 0) url.host = url.host.substr(1, bracket - 1);
  if (colon != std::string_view::npos) {
    if (!is_port(authority.substr(colon + 1))) return not_a_url();
    url.port = std::string(authority.substr(colon + 1));
  } else {
    url.port = url.tls ? "443" : "80";
  }
  if (url.host.empty()) return not_a_url();
  return url;
}

}  // namespace aura::net
