#include "net/webhooks/signed_request.h"

#include <algorithm>

#include "net/http.h"
#include "net/providers/lenient_json.h"

namespace aura::net {
namespace {

constexpr int kDepth = 8;
constexpr std::string_view kAlgorithm = "HMAC-SHA256";

bool in_alphabet(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

}  // namespace

std::optional<std::string> from_base64url(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  if (!std::all_of(text.begin(), text.end(), in_alphabet)) return std::nullopt;
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '-', '+');
  std::replace(plain.begin(), plain.end(), '_', '/');
  constexpr std::size_t kGroup = 4;
  if (plain.size() % kGroup == 1) return std::nullopt;
  while (plain.size() % kGroup != 0) plain += '=';
  return from_base64(plain);
}

// Always HMAC-SHA256: the algorithm named in the payload is only compared, never used to select
// one.
std::optional<PersonRequest> read_signed_request(std::string_view text, const HmacSha256& secret) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos || dot == 0) return std::nullopt;
  std::string_view payload = text.substr(dot + 1);
  const auto signature = from_base64url(text.substr(0, dot));
  if (!signature || payload.empty()) return std::nullopt;
  if (!constant_time_equal(*signature, as_view(secret.sign(payload)))) return std::nullopt;
  const auto decoded = from_base64url(payload);
  if (!decoded) return std::nullopt;
  const LenientJson json(*decoded, kDepth);
  const JsonView root = json.root();
  if (!equals_ignoring_case(root.text("algorithm"), kAlgorithm)) return std::nullopt;
  PersonRequest out;
  out.user_id = root.text("user_id");
  out.profile_id = root.text("profile_id");
  out.issued_at = root.integer("issued_at").value_or(0) * 1000;
  constexpr std::size_t kLongestId = 64;
  if (out.user_id.empty() || out.user_id.size() > kLongestId) return std::nullopt;
  return out;
}

}  // namespace aura::net
