// Making channels: what the provider is asked and told, in which order, and what its answers lead
// to.
#include <gtest/gtest.h>

#include <deque>

#include "fake_engine.h"
#include "net/connect/channel_setup.h"
#include "net/providers/instagram/instagram_adapter.h"
#include "net/providers/messenger/messenger_adapter.h"
#include "net/providers/sms/sms_adapter.h"
#include "net/providers/whatsapp/whatsapp_adapter.h"

namespace aura::net {
namespace {

// Answers each call with the next of its answers; the last one again and again.
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

constexpr const char* kAlive = R"({"data":{"is_valid":true,"expires_at":0}})";
constexpr const char* kDone = R"({"success":true})";

TEST_F(ConnectTest, AGoodTokenIsAskedAboutThenThePageSubscribedThenTheChannelStored) {
  page();
  provider_.say(200, kAlive);
  provider_.say(200, kDone);
  ASSERT_TRUE(create(api::CHANNEL_TYPE_MESSENGER).has_value());
  ASSERT_EQ(provider_.calls.size(), 2u);
  EXPECT_NE(provider_.calls[1].url.find("/77/subscribed_apps?subscribed_fields=messages%2C"),
            std::string::npos);
  EXPECT_EQ(provider_.calls[1].method, "POST");
  EXPECT_EQ(provider_.calls[1].url.find("EAAsecret"), std::string::npos);
  EXPECT_TRUE(stored());
}

TEST_F(ConnectTest, ADeadTokenMakesNoChannelAndIsNotRepeated) {
  page();
  provider_.say(200, R"({"data":{"is_valid":false,"error":{"code":190,"subcode":460}}})");
  const auto refused = create(api::CHANNEL_TYPE_MESSENGER);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "/credentials");
  EXPECT_EQ(refused.error().detail.find("EAAsecret"), std::string::npos);
  EXPECT_FALSE(stored());
}

TEST_F(ConnectTest, AProviderThatCannotBeReachedStopsNobody) {
  page();
  provider_.answers.push_back({0, {}, {}, Errc::io});
  EXPECT_TRUE(create(api::CHANNEL_TYPE_MESSENGER).has_value());
  EXPECT_EQ(provider_.calls.size(), 1u);
}

TEST_F(ConnectTest, AProviderInTroubleIsAskedAgainLater) {
  page();
  for (const ProviderReply& reply :
       {ProviderReply{0, {}, {}, Errc::timeout}, ProviderReply{0, {}, {}, Errc::overloaded},
        ProviderReply{0, {}, {}, Errc::io, true}, ProviderReply{500, "{}", {}},
        ProviderReply{429, "{}", {}}, ProviderReply{400, R"({"error":{"code":4}})", {}}}) {
    provider_.answers = {reply};
    EXPECT_EQ(create(api::CHANNEL_TYPE_MESSENGER).error().code, Errc::unavailable) << reply.status;
  }
  EXPECT_FALSE(stored());
}

// Somebody's page with the good token of another.
TEST_F(ConnectTest, AnotherPagesTokenMakesNoChannel) {
  page();
  provider_.say(200, R"({"data":{"is_valid":true,"profile_id":"78"}})");
  const auto refused = create(api::CHANNEL_TYPE_MESSENGER);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "/credentials");
  EXPECT_EQ(provider_.calls.size(), 1u);
  EXPECT_FALSE(stored());
}

TEST_F(ConnectTest, AValidTokenWithoutRightsOnThePageMakesNoChannel) {
  page();
  provider_.say(200, kAlive);
  provider_.say(403, R"({"error":{"code":200,"message":"(#200) no permission"}})");
  const auto refused = create(api::CHANNEL_TYPE_MESSENGER);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "/credentials");
  provider_.answers.clear();
  provider_.say(200, kAlive);
  provider_.say(503, "");
  EXPECT_EQ(create(api::CHANNEL_TYPE_MESSENGER).error().code, Errc::unavailable);
  EXPECT_FALSE(stored());
}

TEST_F(ConnectTest, ATokenThatNamesItsPageNeedsNoOtherProof) {
  page();
  provider_.say(200, R"({"data":{"is_valid":true,"profile_id":"77"}})");
  provider_.say(403, R"({"error":{"code":200}})");
  const auto made = create(api::CHANNEL_TYPE_MESSENGER);
  ASSERT_TRUE(made.has_value());
  EXPECT_FALSE(made->error().empty());
}

TEST_F(ConnectTest, AnInstagramAccountIsItsTokensOrLinkedToThePage) {
  credentials_.set_account_id("178");
  credentials_.set_access_token("IGsecret");
  provider_.say(200, R"({"id":"5","user_id":"179"})");
  EXPECT_EQ(create(api::CHANNEL_TYPE_INSTAGRAM).error().field, "/credentials");
  provider_.answers.clear();
  provider_.say(200, R"({"id":"5","user_id":"178"})");
  provider_.say(200, kDone);
  EXPECT_TRUE(create(api::CHANNEL_TYPE_INSTAGRAM).has_value());
  credentials_.clear_access_token();
  credentials_.set_page_id("77");
  credentials_.set_page_access_token("EAAsecret");
  for (const char* linked : {R"({"id":"77","name":"Page"})",
                             R"({"id":"77","instagram_business_account":{"id":"179"}})"}) {
    provider_.answers.clear();
    provider_.say(200, linked);
    EXPECT_EQ(create(api::CHANNEL_TYPE_INSTAGRAM).error().field, "/credentials") << linked;
  }
  provider_.answers.clear();
  provider_.say(200, R"({"id":"77","instagram_business_account":{"id":"178"}})");
  provider_.say(200, kDone);
  EXPECT_TRUE(create(api::CHANNEL_TYPE_INSTAGRAM).has_value());
}

TEST_F(ConnectTest, ASubscriptionThatDidNotSucceedIsTold) {
  page();
  provider_.say(200, R"({"data":{"is_valid":true,"profile_id":"77"}})");
  provider_.say(200, R"({"success":false})");
  const auto made = create(api::CHANNEL_TYPE_MESSENGER);
  ASSERT_TRUE(made.has_value());
  EXPECT_NE(made->error().find("events of this page"), std::string::npos);
}

TEST_F(ConnectTest, FieldsInTheOtherSpellingWhenTheFirstIsRefused) {
  page();
  provider_.say(200, kAlive);
  provider_.say(400, R"({"error":{"code":100}})");
  provider_.say(200, kDone);
  EXPECT_TRUE(create(api::CHANNEL_TYPE_MESSENGER).has_value());
  ASSERT_EQ(provider_.calls.size(), 3u);
  EXPECT_NE(provider_.calls[1].url.find("message_edits"), std::string::npos);
  EXPECT_EQ(provider_.calls[2].url.find("message_edits"), std::string::npos);
  EXPECT_NE(provider_.calls[2].url.find("message_edit%2C"), std::string::npos);
}

TEST_F(ConnectTest, ASubscriptionRefusedInEveryWayIsToldWithTheChannel) {
  page();
  provider_.say(200, kAlive);
  provider_.say(400, R"({"error":{"code":100}})");
  const auto made = create(api::CHANNEL_TYPE_MESSENGER);
  ASSERT_TRUE(made.has_value());
  EXPECT_NE(made->error().find("events of this page"), std::string::npos);
  EXPECT_TRUE(stored());
}

TEST_F(ConnectTest, ANumberIsRegisteredWithItsPinAndItsBusinessSubscribed) {
  number();
  pin_ = "123456";
  provider_.say(200, R"({"id":"44","display_phone_number":"+1 555"})");
  provider_.say(200, kDone);
  ASSERT_TRUE(create(api::CHANNEL_TYPE_WHATSAPP).has_value());
  ASSERT_EQ(provider_.calls.size(), 3u);
  EXPECT_TRUE(provider_.calls[1].url.starts_with("https://graph.test/v25.0/44/register"));
  EXPECT_EQ(provider_.calls[1].body, R"({"messaging_product":"whatsapp","pin":"123456"})");
  EXPECT_TRUE(provider_.calls[2].url.starts_with("https://graph.test/v25.0/33/subscribed_apps"));
}

TEST_F(ConnectTest, AWrongPinIsToldAtItsField) {
  number();
  pin_ = "123456";
  provider_.say(200, R"({"id":"44"})");
  provider_.say(400, R"({"error":{"code":133005}})");
  const auto refused = create(api::CHANNEL_TYPE_WHATSAPP);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().field, "/pin");
  EXPECT_NE(refused.error().detail.find("133005"), std::string::npos);
  EXPECT_FALSE(stored());
}

TEST_F(ConnectTest, ATwilioNumberIsToldItsChannelsAddressAndARefusalIsShown) {
  credentials_.set_account_sid("AC1");
  credentials_.set_auth_token("secret");
  credentials_.set_phone_number("+15550001111");
  provider_.say(200, R"({"incoming_phone_numbers":[{"sid":"PN7","capabilities":{"sms":true}}]})");
  provider_.say(200, R"({"sid":"PN7"})");
  const auto made = create(api::CHANNEL_TYPE_SMS);
  ASSERT_TRUE(made.has_value());
  EXPECT_FALSE(made->has_error());
  ASSERT_EQ(provider_.calls.size(), 2u);
  EXPECT_EQ(provider_.calls[1].url,
            "https://twilio.test/2010-04-01/Accounts/AC1/IncomingPhoneNumbers/PN7.json");
  EXPECT_EQ(provider_.calls[1].body,
            "SmsUrl=https%3A%2F%2Faura.example.test%2Fwebhooks%2Ftwilio%2Fch_1%23rc%3D3%26rp%3Dall"
            "&SmsMethod=POST");
  provider_.answers.clear();
  provider_.say(200, R"({"incoming_phone_numbers":[{"sid":"PN7","capabilities":{"sms":true}}]})");
  provider_.say(403, "{}");
  EXPECT_NE(create(api::CHANNEL_TYPE_SMS)->error().find("webhook_url"), std::string::npos);
}

TEST_F(ConnectTest, ANumberOfAnotherAccountIsRefused) {
  credentials_.set_account_sid("AC1");
  credentials_.set_auth_token("secret");
  credentials_.set_phone_number("+15550001111");
  provider_.say(200, R"({"incoming_phone_numbers":[]})");
  const auto refused = create(api::CHANNEL_TYPE_SMS);
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().detail.find("does not belong"), std::string::npos);
}

TEST_F(ConnectTest, ARequestThatWasAnsweredIsAnsweredSoAgainWhateverTheTokenIsNow) {
  page();
  api::Channel first;
  first.set_id("ch_1");
  engine_.earlier = first;
  api::ChannelInput input;
  input.set_type(api::CHANNEL_TYPE_MESSENGER);
  *input.mutable_credentials() = credentials_;
  Result<api::Channel> again = fail(Errc::internal, "no answer");
  setup_.create(engine_.workspace_id, input, Idempotency{"key", "body"},
                [&](Result<api::Channel> made) { again = std::move(made); });
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->id(), "ch_1");
  EXPECT_TRUE(provider_.calls.empty());
}

TEST(ChannelLogins, OneWorkspaceDoesNotPushOutAnothers) {
  ChannelLogins logins;
  const auto add = [&](const Id& id, const Id& workspace, Millis until) {
    Login login;
    login.workspace = workspace;
    login.shown.set_expires_at(until);
    logins.add(id, std::move(login), 1);
  };
  const Id quiet = derived_id({"quiet"}), busy = derived_id({"busy"}), own = derived_id({"own"});
  add(own, quiet, 100);
  for (int i = 0; i < 1000; ++i) add(derived_id({std::to_string(i)}), busy, 1000 + i);
  EXPECT_TRUE(logins.find(own, quiet, 2));
  EXPECT_FALSE(logins.find(derived_id({"0"}), busy, 2));
  EXPECT_TRUE(logins.find(derived_id({"999"}), busy, 2));
}

TEST(ChannelLogins, ARequestRunsOnce) {
  ChannelLogins logins;
  EXPECT_TRUE(logins.begin({"key", "body"}));
  EXPECT_FALSE(logins.begin({"key", "body"}));
  logins.end({"key", "body"});
  EXPECT_TRUE(logins.begin({"key", "body"}));
}

api::ChannelLoginInput by_code(const char* provider) {
  api::ChannelLoginInput input;
  input.set_provider(provider);
  input.set_code("c0de#_");
  input.set_redirect_uri("https://a.test/");
  return input;
}

TEST_F(ConnectTest, ALoginListsEveryPageOfPages) {
  provider_.say(200, R"({"access_token":"EAAshort"})");
  provider_.say(200, R"({"access_token":"EAAlong","expires_in":5183944})");
  provider_.say(200, R"({"data":[{"id":"1","name":"One","access_token":"EAA1",
      "instagram_business_account":{"id":"178","username":"one"}},{"id":"9","name":"No right"},
      {"id":"8","name":"Only looks","access_token":"EAA8","tasks":["ANALYZE","ADVERTISE"]}],
      "paging":{"next":"https://graph.test/next","cursors":{"after":"CUR"}}})");
  provider_.say(
      200,
      R"({"data":[{"id":"2","name":"Two","access_token":"EAA2","tasks":["ANALYZE","MODERATE"]}]})");
  const auto login = log_in(by_code("facebook"));
  ASSERT_TRUE(login.has_value()) << login.error().detail;
  ASSERT_EQ(login->accounts_size(), 3);
  EXPECT_EQ(login->accounts(0).account_id(), "1");
  EXPECT_EQ(login->accounts(1).account_id(), "178");
  EXPECT_EQ(login->accounts(1).page_id(), "1");
  EXPECT_EQ(login->accounts(2).name(), "Two");
  ASSERT_EQ(provider_.calls.size(), 4u);
  EXPECT_NE(provider_.calls[1].url.find("fb_exchange_token=EAAshort"), std::string::npos);
  EXPECT_NE(provider_.calls[3].url.find("after=CUR"), std::string::npos);
  EXPECT_EQ(login->SerializeAsString().find("EAA"), std::string::npos);
}

TEST_F(ConnectTest, AChosenAccountBecomesAChannelWithItsToken) {
  provider_.say(200, R"({"access_token":"EAAany"})");
  provider_.say(200, R"({"access_token":"EAAlong"})");
  provider_.say(200, R"({"data":[{"id":"1","name":"One","access_token":"EAA1"}]})");
  const auto login = log_in(by_code("facebook"));
  ASSERT_TRUE(login.has_value());
  provider_.answers.clear();
  provider_.say(200, kAlive);
  provider_.say(200, kDone);
  EXPECT_EQ(choose(login->id(), "1", engine_.other_workspace).error().code, Errc::not_found);
  EXPECT_EQ(choose(login->id(), "2", engine_.workspace_id).error().field, "/account_id");
  ASSERT_TRUE(choose(login->id(), "1", engine_.workspace_id).has_value());
  EXPECT_EQ(engine_.channel_input.credentials().page_access_token(), "EAA1");
  EXPECT_EQ(engine_.channel_input.name(), "One");
  clock_.advance(std::chrono::minutes(30));
  EXPECT_EQ(choose(login->id(), "1", engine_.workspace_id).error().code, Errc::not_found);
}

TEST_F(ConnectTest, InstagramsCodeLosesItsTailAndItsTokenBecomesLong) {
  provider_.say(200, R"({"access_token":"IGshort","user_id":1})");
  provider_.say(200, R"({"access_token":"IGlong"})");
  provider_.say(200, R"({"id":"5","user_id":"178","username":"shop"})");
  const auto login = log_in(by_code("instagram"));
  ASSERT_TRUE(login.has_value()) << login.error().detail;
  EXPECT_EQ(login->accounts(0).account_id(), "178");
  EXPECT_TRUE(provider_.calls[0].body.ends_with("code=c0de"));
  EXPECT_NE(provider_.calls[1].url.find("ig_exchange_token"), std::string::npos);
  EXPECT_EQ(provider_.calls[2].headers[0].second, "Bearer IGlong");
}

TEST_F(ConnectTest, ARefusedLoginNamesItsFieldAndNoSecret) {
  provider_.say(400, R"({"error":{"code":100,"error_subcode":36009,"message":"c0de EAAx"}})");
  const auto refused = log_in(by_code("facebook"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "/code");
  EXPECT_NE(refused.error().detail.find("100/36009"), std::string::npos);
  EXPECT_EQ(refused.error().detail.find("c0de"), std::string::npos);
  provider_.answers.clear();
  provider_.answers.push_back({0, {}, {}, Errc::timeout});
  EXPECT_EQ(log_in(by_code("facebook")).error().code, Errc::unavailable);
}

TEST_F(ConnectTest, WithoutAMetaAppThereIsNoLogin) {
  ChannelSetup setup({adapters_, provider_, engine_, clock_, {}});
  Error told;
  setup.log_in(engine_.workspace_id, by_code("facebook"), std::nullopt,
               [&](const Result<api::ChannelLogin>& login) { told = login.error(); });
  EXPECT_EQ(told.code, Errc::unsupported);
  EXPECT_TRUE(provider_.calls.empty());
}

}  // namespace
}  // namespace aura::net
