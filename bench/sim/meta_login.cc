#include "bench/sim/meta_login.h"

#include "bench/sim/json_read.h"

namespace aura::bench {
namespace {

constexpr std::int64_t kShortUser = 5'400;
constexpr std::int64_t kLongUser = 5'183'944;
constexpr std::int64_t kShortInstagram = 3'600;
constexpr std::int64_t kLongInstagram = 5'184'000;
constexpr std::int64_t kMinRefreshAge = 86'400;

GraphError missing(const std::string& name) {
  return {400, 100, 0, false, "(#100) Missing " + name + " parameter.", {}};
}

HttpAnswer token_answer(const std::string& token, std::int64_t seconds) {
  return json_answer(R"({"access_token":")" + token + R"(","token_type":"bearer","expires_in":)" +
                     std::to_string(seconds) + "}");
}

}  // namespace

MetaLogin::MetaLogin(Faults& faults, SimClock clock, MetaApp app)
    : faults_(faults), clock_(std::move(clock)), app_(std::move(app)) {}

std::optional<HttpAnswer> MetaLogin::handle(const GraphCall& call) {
  const auto method = call.request.method();
  if (call.node == "debug_token" && method == "GET") return inspect(call);
  if (call.node == "oauth" && call.edge == "access_token") {
    const bool instagram = method == "POST" && call.host != "graph.facebook.com" &&
                           call.parameter("grant_type") == "authorization_code";
    return instagram ? instagram_code(call) : facebook_token(call);
  }
  if (call.node == "access_token" && method == "GET") return instagram_long(call);
  if (call.node == "refresh_access_token" && method == "GET") return instagram_refresh(call);
  return std::nullopt;
}

GraphError MetaLogin::check_app(const GraphCall& call) const {
  if (call.parameter("client_id") != app_.id) {
    return {400, 101, 0, false, "Error validating application. Cannot get application info", {}};
  }
  if (!app_.secret.empty() && call.parameter("client_secret") != app_.secret) {
    return {400, 1, 0, false, "Error validating client secret.", {}};
  }
  return {};
}

// Accepts any code once, except codes that start with "bad".
GraphError MetaLogin::use_code(const std::string& code) {
  if (code.empty()) return missing("code");
  if (code.starts_with("bad")) {
    return {400, 100, 36007, false, "Invalid verification code format.", {}};
  }
  if (!used_codes_.insert(code).second) {
    return {400, 100, 36009, false, "This authorization code has been used.", {}};
  }
  return {};
}

std::string MetaLogin::issue(const char* prefix, const char* kind, std::int64_t seconds) {
  const auto now = clock_();
  const auto token = prefix + std::to_string(now) + "x" + std::to_string(++next_);
  tokens_[token] = {kind, now, seconds == 0 ? 0 : now + seconds * 1000};
  return token;
}

HttpAnswer MetaLogin::facebook_token(const GraphCall& call) {
  if (auto error = check_app(call); error.code != 0) return refuse(error);
  const auto grant = call.parameter("grant_type");
  if (grant == "client_credentials") {
    return json_answer(R"({"access_token":")" + app_.id + "|" + app_.secret +
                       R"(","token_type":"bearer"})");
  }
  if (grant == "fb_exchange_token") {
    const auto token = call.parameter("fb_exchange_token");
    if (token.empty()) return refuse(missing("fb_exchange_token"));
    if (auto error = dead(token); error.code != 0) return refuse(error);
    return token_answer(issue("EAAlong", "USER", kLongUser), kLongUser);
  }
  if (call.parameter("redirect_uri").empty()) return refuse(missing("redirect_uri"));
  if (auto error = use_code(call.parameter("code")); error.code != 0) return refuse(error);
  return token_answer(issue("EAAshort", "USER", kShortUser), kShortUser);
}

HttpAnswer MetaLogin::instagram_code(const GraphCall& call) {
  if (auto error = check_app(call); error.code != 0) return refuse(error);
  if (call.parameter("redirect_uri").empty()) return refuse(missing("redirect_uri"));
  if (auto error = use_code(call.parameter("code")); error.code != 0) return refuse(error);
  return json_answer(R"({"access_token":")" + issue("IGAAshort", "INSTAGRAM", kShortInstagram) +
                     R"(","user_id":)" + kInstagramAccount +
                     R"(,"permissions":)"
                     R"("instagram_business_basic,instagram_business_manage_messages,)"
                     R"(instagram_business_manage_comments"})");
}

HttpAnswer MetaLogin::instagram_long(const GraphCall& call) {
  if (call.parameter("grant_type") != "ig_exchange_token") return refuse(missing("grant_type"));
  if (!app_.secret.empty() && call.parameter("client_secret") != app_.secret) {
    return refuse({400, 1, 0, false, "Error validating client secret.", {}});
  }
  if (call.token.empty()) return refuse(missing("access_token"));
  if (auto error = dead(call.token); error.code != 0) return refuse(error);
  return token_answer(issue("IGAAlong", "INSTAGRAM", kLongInstagram), kLongInstagram);
}

HttpAnswer MetaLogin::instagram_refresh(const GraphCall& call) {
  if (call.parameter("grant_type") != "ig_refresh_token") return refuse(missing("grant_type"));
  if (call.token.empty()) return refuse(missing("access_token"));
  if (auto error = dead(call.token); error.code != 0) return refuse(error);
  const auto known = tokens_.find(call.token);
  if (known != tokens_.end() && clock_() - known->second.issued_ms < kMinRefreshAge * 1000) {
    return refuse({400, 100, 0, false, "(#100) The token must be at least 24 hours old", {}});
  }
  return token_answer(issue("IGAAfresh", "INSTAGRAM", kLongInstagram), kLongInstagram);
}

GraphError MetaLogin::dead(const std::string& token) const {
  const auto channel = token.starts_with("IG") ? Channel::instagram : Channel::messenger;
  const auto known = tokens_.find(token);
  const bool over = known != tokens_.end() && known->second.expires_ms != 0 &&
                    known->second.expires_ms <= clock_();
  if (!over && !faults_.of(channel).expired_token) return {};
  return {401, 190, 463, false, "Error validating access token: session has expired", {}};
}

HttpAnswer MetaLogin::inspect(const GraphCall& call) const {
  const auto token = call.parameter("input_token");
  if (call.token.empty()) return refuse(missing("access_token"));
  if (token.empty()) return refuse(missing("input_token"));
  const auto known = tokens_.find(token);
  const auto kind = known == tokens_.end() ? std::string("PAGE") : known->second.kind;
  const auto expires = known == tokens_.end() ? 0 : known->second.expires_ms / 1000;
  const auto error = dead(token);
  rapidjson::StringBuffer buffer;
  JsonWriter w(buffer);
  w.StartObject();
  w.Key("data");
  w.StartObject();
  write_text(w, "app_id", app_.id);
  write_text(w, "type", kind);
  for (const auto& [page, of_page] : faults_.of(Channel::messenger).tokens)
    if (of_page == token) write_text(w, "profile_id", page);
  w.Key("is_valid");
  w.Bool(error.code == 0);
  w.Key("expires_at");
  w.Int64(expires);
  w.Key("data_access_expires_at");
  w.Int64(0);
  if (error.code != 0) {
    w.Key("error");
    w.StartObject();
    w.Key("code");
    w.Int(error.code);
    w.Key("subcode");
    w.Int(error.subcode);
    write_text(w, "message", error.message);
    w.EndObject();
  }
  w.Key("scopes");
  w.StartArray();
  for (const char* scope : {"pages_messaging", "pages_manage_metadata", "pages_show_list",
                            "instagram_basic", "instagram_manage_messages"}) {
    w.String(scope);
  }
  w.EndArray();
  write_text(w, "user_id", "800100");
  w.EndObject();
  w.EndObject();
  return json_answer({buffer.GetString(), buffer.GetSize()});
}

}  // namespace aura::bench
