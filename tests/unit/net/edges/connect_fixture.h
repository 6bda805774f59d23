// Connecting channels with a scripted provider.
#pragma once

#include <gtest/gtest.h>

#include <deque>

#include "fake_engine.h"
#include "net/connect/channel_setup.h"
#include "net/providers/instagram/instagram_adapter.h"
#include "net/providers/messenger/messenger_adapter.h"
#include "net/providers/sms/sms_adapter.h"
#include "net/providers/whatsapp/whatsapp_adapter.h"

namespace aura::net {

// Answers each call with the next scripted answer; repeats the last one.
class ScriptedProvider final : public ProviderClient {
 public:
  void call(ProviderCall call, std::function<void(ProviderReply)> done) override {
    calls.push_back(std::move(call));
    ProviderReply reply = answers.front();
    if (answers.size() > 1) answers.pop_front();
    done(std::move(reply));
  }
  void say(int status, std::string body) { answers.push_back({status, std::move(body), {}}); }
  std::vector<ProviderCall> calls;
  std::deque<ProviderReply> answers;
};

class ConnectTest : public testing::Test {
 protected:
  Result<api::Channel> create(api::ChannelType type) {
    api::ChannelInput input;
    input.set_type(type);
    *input.mutable_credentials() = credentials_;
    if (!pin_.empty()) input.set_pin(pin_);
    Result<api::Channel> out = fail(Errc::internal, "no answer");
    setup_.create(engine_.workspace_id, std::move(input), std::nullopt,
                  [&](Result<api::Channel> made) { out = std::move(made); });
    return out;
  }
  Result<api::ChannelLogin> log_in(api::ChannelLoginInput input) {
    Result<api::ChannelLogin> out = fail(Errc::internal, "no answer");
    setup_.log_in(engine_.workspace_id, std::move(input), std::nullopt,
                  [&](Result<api::ChannelLogin> login) { out = std::move(login); });
    return out;
  }
  Result<api::Channel> choose(const std::string& login, const std::string& account, Id workspace) {
    api::ChannelChoiceInput input;
    input.set_account_id(account);
    Result<api::Channel> out = fail(Errc::internal, "no answer");
    setup_.choose(workspace, *parse_id(IdType::login, login), std::move(input), std::nullopt,
                  [&](Result<api::Channel> made) { out = std::move(made); });
    return out;
  }
  bool stored() const { return !engine_.asked.empty(); }
  void page() {
    credentials_.set_page_id("77");
    credentials_.set_page_access_token("EAAsecret");
  }
  void number() {
    credentials_.set_phone_number_id("44");
    credentials_.set_business_account_id("33");
    credentials_.set_access_token("EAAsecret");
  }

  const meta::Options app_{"https://graph.test", "v25.0", "555", "app-secret", "https://ig.test"};
  const messenger::MessengerAdapter messenger_{app_};
  const instagram::InstagramAdapter instagram_{app_};
  const whatsapp::WhatsAppAdapter whatsapp_{{"https://graph.test", "v25.0", "app-secret"}};
  const sms::SmsAdapter sms_{{"https://twilio.test", "https://aura.example.test", sms::Keywords()}};
  const ChannelAdapters adapters_{{api::CHANNEL_TYPE_MESSENGER, &messenger_},
                                  {api::CHANNEL_TYPE_INSTAGRAM, &instagram_},
                                  {api::CHANNEL_TYPE_WHATSAPP, &whatsapp_},
                                  {api::CHANNEL_TYPE_SMS, &sms_}};
  FakeEngine engine_;
  ScriptedProvider provider_;
  FakeClock clock_;
  ChannelSetup setup_{{adapters_, provider_, engine_, clock_, app_}};
  api::Credentials credentials_;
  std::string pin_;
};

inline constexpr const char* kAlive = R"({"data":{"is_valid":true,"expires_at":0}})";
inline constexpr const char* kDone = R"({"success":true})";

}  // namespace aura::net
