#include "net/providers/meta/login_calls.h"

#include <utility>

#include "net/http.h"
#include "net/providers/lenient_json.h"

namespace aura::net::meta {
namespace {

using Parameters = std::vector<std::pair<std::string_view, std::string_view>>;

std::string encoded(const Parameters& parameters) {
  std::string out;
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    if (!out.empty()) out += '&';
    out += std::string(name) + "=" + percent_encode(value);
  }
  return out;
}

ProviderCall get(std::string url, const Parameters& parameters, const std::string& token = {}) {
  ProviderCall out;
  out.method = "GET";
  out.url = std::move(url) + "?" + encoded(parameters);
  if (!token.empty()) out.headers = {{"Authorization", "Bearer " + token}};
  return out;
}

std::string graph(const Options& app, const std::string& path) {
  return without_slash(app.graph_url) + "/" + app.api_version + "/" + path;
}

std::string proof(const Options& app, const std::string& token) {
  return app.app_secret.empty() ? std::string() : HmacSha256(app.app_secret).sign_hex(token);
}

// Instagram login codes are exchanged at a different host than the graph.
std::string instagram_login_url(const Options& app) {
  constexpr std::string_view kGraph = "graph.instagram.com";
  std::string url = without_slash(app.instagram_url);
  if (const auto at = url.find(kGraph); at != std::string::npos)
    url.replace(at, kGraph.size(), "api.instagram.com");
  return url + "/oauth/access_token";
}

Result<void> check(const ProviderReply& reply, JsonView root) {
  if (reply.status == 0)
    return fail(Errc::unavailable, "Meta could not be reached; please try again.");
  const JsonView error = root.get("error");
  if (reply.status >= 200 && reply.status < 300 && !error.is_object()) return {};
  const std::int64_t code =
      error.is_object() ? error.integer("code").value_or(0) : root.integer("code").value_or(0);
  constexpr std::int64_t kService = 2, kApp = 4, kUser = 17;
  if (reply.status >= 500 || reply.status == 429 || error.flag("is_transient") ||
      code == kService || code == kApp || code == kUser)
    return fail(Errc::unavailable, "Meta cannot answer at the moment; please try again.");
  std::string told = code == 0 ? "http " + std::to_string(reply.status) : std::to_string(code);
  if (const auto subcode = error.integer("error_subcode"); subcode && *subcode != 0)
    told += "/" + std::to_string(*subcode);
  return fail(Errc::invalid, "Meta has refused this login (code " + told +
                                 "): a code works once and for some minutes, for the redirect_uri "
                                 "it was made for. Log in again.");
}

void set_name(LoginAccount& account, std::string name, const std::string& otherwise) {
  account.shown.set_name(name.empty() ? otherwise : std::move(name));
}

LoginAccount page_account(JsonView page) {
  LoginAccount out;
  out.shown.set_type(api::CHANNEL_TYPE_MESSENGER);
  out.shown.set_account_id(page.text("id"));
  set_name(out, page.text("name"), page.text("id"));
  out.credentials.set_page_id(page.text("id"));
  out.credentials.set_page_access_token(page.text("access_token"));
  return out;
}

LoginAccount linked_account(JsonView page, JsonView instagram) {
  LoginAccount out;
  out.shown.set_type(api::CHANNEL_TYPE_INSTAGRAM);
  out.shown.set_account_id(instagram.text("id"));
  const std::string username = instagram.text("username");
  set_name(out, username, page.text("name"));
  if (!username.empty()) out.shown.set_username(username);
  out.shown.set_page_id(page.text("id"));
  out.credentials.set_account_id(instagram.text("id"));
  out.credentials.set_page_id(page.text("id"));
  out.credentials.set_page_access_token(page.text("access_token"));
  return out;
}

// Without one of these tasks (an analyst, for example) messages sent with the token would be
// refused.
bool may_answer(JsonView tasks) {
  if (tasks.size() == 0) return true;  // tasks not reported
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const std::string task = tasks.at(i).text();
    if (task == "MODERATE" || task == "MESSAGING" || task == "MANAGE") return true;
  }
  return false;
}

}  // namespace

ProviderCall facebook_code(const Options& app, const std::string& code,
                           const std::string& redirect_uri) {
  return get(graph(app, "oauth/access_token"), {{"client_id", app.app_id},
                                                {"client_secret", app.app_secret},
                                                {"redirect_uri", redirect_uri},
                                                {"code", code}});
}

ProviderCall facebook_long_lived(const Options& app, const std::string& token) {
  return get(graph(app, "oauth/access_token"), {{"grant_type", "fb_exchange_token"},
                                                {"client_id", app.app_id},
                                                {"client_secret", app.app_secret},
                                                {"fb_exchange_token", token}});
}

ProviderCall list_pages(const Options& app, const std::string& token, const std::string& after) {
  return get(graph(app, "me/accounts"),
             {{"fields", "access_token,id,name,tasks,instagram_business_account{id,username}"},
              {"limit", "100"},
              {"after", after},
              {"appsecret_proof", proof(app, token)}},
             token);
}

ProviderCall list_numbers(const Options& app, const std::string& token,
                          const std::string& business_account) {
  return get(graph(app, percent_encode(business_account) + "/phone_numbers"),
             {{"fields", "id,display_phone_number,verified_name"},
              {"limit", "100"},
              {"appsecret_proof", proof(app, token)}},
             token);
}

ProviderCall instagram_code(const Options& app, const std::string& code,
                            const std::string& redirect_uri) {
  ProviderCall out;
  out.url = instagram_login_url(app);
  out.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  // The redirect of the login page appends "#_", which is not part of the code.
  const std::string_view bare =
      std::string_view(code).substr(0, code.ends_with("#_") ? code.size() - 2 : code.size());
  out.body = encoded({{"client_id", app.app_id},
                      {"client_secret", app.app_secret},
                      {"grant_type", "authorization_code"},
                      {"redirect_uri", redirect_uri},
                      {"code", bare}});
  return out;
}

ProviderCall instagram_long_lived(const Options& app, const std::string& token) {
  return get(without_slash(app.instagram_url) + "/access_token",
             {{"grant_type", "ig_exchange_token"},
              {"client_secret", app.app_secret},
              {"access_token", token}});
}

ProviderCall instagram_account(const Options& app, const std::string& token) {
  return get(without_slash(app.instagram_url) + "/" + app.api_version + "/me",
             {{"fields", "user_id,username,name"}}, token);
}

Result<std::string> read_login_token(const ProviderReply& reply) {
  const LenientJson json(reply.body);
  if (auto checked = check(reply, json.root()); !checked) return tl::unexpected(checked.error());
  std::string token = json.root().text("access_token");
  if (token.empty()) token = json.root().get("data").at(0).text("access_token");
  if (token.empty())
    return fail(Errc::unavailable, "Meta's answer to the login has no token; please try again.");
  return token;
}

Result<AccountPage> read_pages(const ProviderReply& reply) {
  const LenientJson json(reply.body);
  const JsonView root = json.root();
  if (auto checked = check(reply, root); !checked) return tl::unexpected(checked.error());
  AccountPage out;
  const JsonView data = root.get("data");
  for (std::size_t i = 0; i < data.size(); ++i) {
    const JsonView page = data.at(i);
    if (page.text("id").empty() || page.text("access_token").empty()) continue;  // no access
    if (!may_answer(page.get("tasks"))) continue;
    out.accounts.push_back(page_account(page));
    const JsonView instagram = page.get("instagram_business_account");
    if (!instagram.text("id").empty()) out.accounts.push_back(linked_account(page, instagram));
  }
  if (root.get("paging").has("next")) out.after = root.get("paging").get("cursors").text("after");
  return out;
}

Result<AccountPage> read_numbers(const ProviderReply& reply, const std::string& token,
                                 const std::string& business_account) {
  const LenientJson json(reply.body);
  if (auto checked = check(reply, json.root()); !checked) return tl::unexpected(checked.error());
  AccountPage out;
  const JsonView data = json.root().get("data");
  for (std::size_t i = 0; i < data.size(); ++i) {
    const std::string id = data.at(i).text("id");
    if (id.empty()) continue;
    LoginAccount& number = out.accounts.emplace_back();
    number.shown.set_type(api::CHANNEL_TYPE_WHATSAPP);
    number.shown.set_account_id(id);
    const std::string digits = data.at(i).text("display_phone_number");
    set_name(number, data.at(i).text("verified_name"), digits);
    if (!digits.empty()) number.shown.set_phone_number(digits);
    number.credentials.set_phone_number_id(id);
    number.credentials.set_business_account_id(business_account);
    number.credentials.set_access_token(token);
  }
  return out;
}

Result<AccountPage> read_instagram_account(const ProviderReply& reply, const std::string& token) {
  const LenientJson json(reply.body);
  const JsonView root = json.root();
  if (auto checked = check(reply, root); !checked) return tl::unexpected(checked.error());
  AccountPage out;
  // Events contain the professional account's user_id; "id" is the app-scoped id of the same
  // account.
  const std::string id = root.has("user_id") ? root.text("user_id") : root.text("id");
  if (id.empty()) return out;
  LoginAccount& account = out.accounts.emplace_back();
  account.shown.set_type(api::CHANNEL_TYPE_INSTAGRAM);
  account.shown.set_account_id(id);
  const std::string username = root.text("username");
  set_name(account, username, root.text("name"));
  if (!username.empty()) account.shown.set_username(username);
  account.credentials.set_account_id(id);
  account.credentials.set_access_token(token);
  return out;
}

}  // namespace aura::net::meta
