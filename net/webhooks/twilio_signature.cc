#include "net/webhooks/twilio_signature.h"

#include <algorithm>
#include <map>
#include <set>

#include "net/signature.h"
#include "runtime/hex.h"

namespace aura::net {

std::vector<std::string> signed_addresses(std::string_view base, std::string_view target) {
  while (base.ends_with('/')) base.remove_suffix(1);
  std::vector<std::string> out{std::string(base) + std::string(target)};
  const auto scheme_end = base.find("://");
  if (scheme_end == std::string_view::npos) return out;
  const std::size_t host = scheme_end + 3;
  const auto path = std::min(base.find('/', host), base.size());
  const std::string_view authority = base.substr(host, path - host);
  // A port follows the last colon, unless that colon is inside the brackets of an IPv6 address.
  const auto bracket = authority.rfind(']');
  const auto colon = authority.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  const std::string rest = std::string(base.substr(path)) + std::string(target);
  const std::string scheme(base.substr(0, host));
  if (has_port) {
    out.push_back(scheme + std::string(authority.substr(0, colon)) + rest);
  } else {
    const char* port = base.starts_with("https") ? ":443" : ":80";
    out.push_back(scheme + std::string(authority) + port + rest);
  }
  return out;
}

std::string signed_params(const Params& params) {
  std::map<std::string_view, std::set<std::string_view>> sorted;
  for (const auto& [name, value] : params.items()) sorted[name].insert(value);
  std::string out;
  for (const auto& [name, values] : sorted) {
    for (const auto value : values) out.append(name).append(value);
  }
  return out;
}

std::string twilio_signature(std::string_view token, std::string_view message) {
  return to_base64(as_view(hmac_sha1(token, message)));
}

bool verify_twilio_signature(const std::vector<std::string>& tokens,
                             const std::vector<std::string>& addresses, std::string_view params,
                             std::string_view signature) {
  bool genuine = false;
  for (const auto& token : tokens) {
    for (const auto& address : addresses) {
      const std::string expected = twilio_signature(token, address + std::string(params));
      genuine |= constant_time_equal(expected, signature);
    }
  }
  return genuine;
}

bool is_body_digest(std::string_view hex, std::string_view body) {
  const auto given = from_hex(hex);
  return given && constant_time_equal(*given, as_view(sha256(body)));
}

}  // namespace aura::net
