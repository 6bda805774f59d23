#include "bench/scenario/stage.h"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "bench/harness/report.h"

namespace aura::bench {
namespace {

constexpr std::size_t kItems = 40;

std::string padded(const char* prefix, std::uint64_t number, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%s%0*llu", prefix, digits,
                static_cast<unsigned long long>(number));
  return text;
}

}  // namespace

Stage::Stage(StageOptions options, std::string simulator_url)
    : options_(std::move(options)), simulator_url_(std::move(simulator_url)) {}

void Stage::start() {
  if (!options_.operator_url.empty()) {
    operator_ = parse_endpoint(options_.operator_url);
    operator_token_ = options_.operator_token;
    public_ = parse_endpoint(options_.public_url);
    public_url_ = options_.public_url;
    return;
  }
  const auto extra = "instagram_url = \"" + simulator_url_ + "/graph.instagram.com\"\n" +
                     "[channels.twilio]\napi_url = \"" + simulator_url_ + "\"\n";
  engine_ = std::make_unique<Engine>(EngineOptions{options_.program, options_.scratch,
                                                   simulator_url_ + "/graph.facebook.com", extra,
                                                   options_.keep_data});
  engine_->start();
  public_ = engine_->public_side();
  public_url_ = public_.url();  // the engine's default for the webhook URLs it gives to Twilio
}

StageAccount Stage::account_of(const std::string& channel, std::uint64_t number) const {
  StageAccount out;
  auto& credentials = out.credentials;
  out.channel = channel;
  if (channel == "messenger") {
    out.account = padded("1029384", number, 8);
    out.token = "EAA" + out.account;
    credentials =
        R"({"page_id":")" + out.account + R"(","page_access_token":")" + out.token + "\"}";
  } else if (channel == "instagram") {
    out.account = padded("178414", number, 11);
    out.token = "IGAA" + out.account;
    credentials = R"({"account_id":")" + out.account + R"(","access_token":")" + out.token + "\"}";
  } else if (channel == "whatsapp") {
    out.account = padded("440000", number, 9);
    out.token = "EAAW" + out.account;
    credentials = R"({"phone_number_id":")" + out.account + R"(","business_account_id":"33)" +
                  out.account + R"(","access_token":")" + out.token + "\"}";
  } else if (channel == "sms") {
    out.account = padded("AC", number, 32);
    out.token = padded("token", number, 16);
    out.own_number = padded("+1206555", number, 4);
    credentials = R"({"account_sid":")" + out.account + R"(","auth_token":")" + out.token +
                  R"(","phone_number":")" + out.own_number + "\"}";
  } else {
    credentials = "{}";
  }
  return out;
}

void Stage::add(const StageAccount& account) {
  auto client = api();
  const auto answer =
      client.call("POST", "/api/v1/workspaces/" + workspace_.id + "/channels",
                  R"({"type":")" + account.channel + R"(","name":"Scenario","credentials":)" +
                      account.credentials + "}");
  if (answer.status / 100 != 2) {
    if (std::find(refused_.begin(), refused_.end(), account.channel) == refused_.end()) {
      refused_.push_back(account.channel);
      progress("the engine refuses " + account.channel + ": " + answer.body.substr(0, 300));
    }
    return;
  }
  accounts_.push_back(account);
  auto& mine = accounts_.back();
  mine.id = json_string(answer.body, "id");
  if (account.channel == "webchat") mine.widget_key = json_string(answer.body, "widget_key");
  if (account.channel == "sms") {
    mine.webhook = public_url_ + "/webhooks/twilio/" + mine.id + "#rc=3&rp=all";
  }
}

void Stage::reconnect() const {
  auto client = api();
  for (const auto& account : accounts_) {
    if (account.channel == "webchat") continue;
    client.must("PATCH", "/api/v1/workspaces/" + workspace_.id + "/channels/" + account.id,
                R"({"credentials":)" + account.credentials + "}");
  }
}

void Stage::open(const Scenario& scenario) {
  const auto made = engine_ ? engine_->create_workspace("Scenario " + scenario.name) : [&] {
    const auto body =
        operator_api().must("POST", "/workspaces", R"({"name":"Scenario","currency":"USD"})");
    return Workspace{json_string(body, "workspace_id"), json_string(body, "api_key")};
  }();
  workspace_ = made;
  if (options_.keep_data)
    progress("workspace " + workspace_.id + ", API key " + workspace_.api_key);
  auto client = api();
  for (std::size_t i = 0; i < kItems; ++i) {
    items_.push_back(shop_item(i));
    client.must("POST", "/api/v1/workspaces/" + workspace_.id + "/catalog/items",
                item_json(items_.back(), i));
  }
  for (const auto& channel : scenario.channels) {
    const auto count = channel.name == "webchat" ? 1 : channel.accounts;
    for (std::uint64_t number = 1; number <= count; ++number) {
      add(account_of(channel.name, number));
    }
  }
  if (accounts_.empty()) throw std::runtime_error("the engine refused every channel");
}

RestClient Stage::operator_api() const {
  return engine_ ? engine_->operator_api() : RestClient(operator_, operator_token_);
}

}  // namespace aura::bench
