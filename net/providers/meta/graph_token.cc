// Token handling: the daily check, the renewal (Instagram), and reading the answers.
#include <algorithm>

#include "net/http.h"
#include "net/providers/lenient_json.h"
#include "net/providers/meta/graph_adapter.h"
#include "net/providers/meta/graph_errors.h"

namespace aura::net::meta {
namespace {

using TokenKind = TokenState::Kind;

constexpr std::int64_t kLongestSeconds = 100LL * 365 * 24 * 3600;

TokenState dead(std::string detail) {
  TokenState out;
  out.kind = TokenKind::dead;
  out.detail = std::move(detail);
  return out;
}

// Only errors that would park the outbox mean that the token is dead.
TokenState of_error(const GraphError& error, const Product& product) {
  const Verdict verdict = verdict_of(error);
  if (verdict.kind != SendOutcome::Kind::reconnect) return {};
  return dead(worded(verdict.detail, product));
}

void name_account(std::string id, TokenState& token) {
  if (!id.empty()) token.accounts.push_back(std::move(id));
}

// Answer of debug_token; expires_at 0 means that the token never expires.
TokenState of_inspection(JsonView data, const Product& product, Millis now) {
  TokenState out;
  const std::int64_t expires = data.integer("expires_at").value_or(0);
  if (expires > 0) out.expires_at = std::min(expires, kLongestSeconds) * 1000;
  const bool over = out.expires_at && *out.expires_at <= now;
  if (data.flag("is_valid") && !over) {
    out.kind = TokenKind::alive;
    name_account(data.text("profile_id"), out);
    if (std::string person = data.text("user_id"); !person.empty()) {
      out.persons.push_back(std::move(person));
    }
    return out;
  }
  if (data.has("is_valid") || data.has("error")) {
    constexpr std::int64_t kTokenError = 190;
    constexpr std::int64_t kExpiredSubcode = 463;
    GraphError error = read_error(data.get("error"), 0);
    error.code = kTokenError;
    if (error.subcode == 0 && over) error.subcode = kExpiredSubcode;
    const auto expires_at = out.expires_at;
    out = of_error(error, product);
    out.expires_at = expires_at;
  }
  return out;
}

}  // namespace

// With our app token, debug_token reports validity and expiry. Instagram tokens, and all tokens if
// the app secret is not configured, are checked by using them. For Instagram by a page, the page is
// asked for its linked Instagram account.
std::optional<ProviderCall> GraphAdapter::compose_probe(const api::Credentials& credentials) const {
  const Access with = access(credentials);
  if (with.token.empty()) return std::nullopt;
  const bool facebook = with.login == Access::Login::facebook;
  if (!facebook) return call(with, "GET", "me?fields=user_id,username");
  if (with.node != account_of(credentials).value_or(""))
    return call(with, "GET", "me?fields=id,name,instagram_business_account");
  if (options_.app_id.empty() || !proof_) return call(with, "GET", "me?fields=id,name");
  ProviderCall out;
  out.method = "GET";
  out.url = options_.graph_url + "/" + options_.api_version +
            "/debug_token?input_token=" + percent_encode(with.token) +
            "&access_token=" + percent_encode(options_.app_id + "|" + options_.app_secret);
  return out;
}

// Page tokens do not expire; if one becomes invalid, the owner has to log in again.
std::optional<ProviderCall> GraphAdapter::compose_renewal(
    const api::Credentials& credentials) const {
  const Access with = access(credentials);
  if (with.login != Access::Login::instagram || with.token.empty()) return std::nullopt;
  ProviderCall out;
  out.method = "GET";
  out.url = options_.instagram_url + "/refresh_access_token?grant_type=ig_refresh_token" +
            "&access_token=" + percent_encode(with.token);
  return out;
}

TokenState GraphAdapter::read_token(const ProviderReply& reply, Millis now) const {
  if (reply.status == 0) return {};
  const LenientJson json(reply.body);
  const JsonView root = json.root();
  if (root.get("data").is_object()) return of_inspection(root.get("data"), product_, now);
  const JsonView error = root.get("error");
  if (reply.status >= 300 || error.is_object()) {
    return of_error(read_error(error, reply.status), product_);
  }
  TokenState out;
  if (std::string renewed = root.text("access_token"); !renewed.empty()) {
    out.kind = TokenKind::alive;
    out.renewed_token = std::move(renewed);
    const std::int64_t seconds = root.integer("expires_in").value_or(0);
    if (seconds > 0) out.expires_at = now + std::min(seconds, kLongestSeconds) * 1000;
  } else if (root.has("id") || root.has("user_id")) {
    out.kind = TokenKind::alive;
    const JsonView linked = root.get("instagram_business_account");
    name_account(linked.is_object() ? linked.text("id") : root.text("id"), out);
    name_account(root.text("user_id"), out);
    // Instagram: the account itself logged in; `id` is its app-scoped id.
    if (root.has("user_id")) out.persons = out.accounts;
  }
  return out;
}

}  // namespace aura::net::meta
