// Connecting channels: the calls to the provider and their order, and the effect of its answers.
#include "connect_fixture.h"

namespace aura::net {
namespace {

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

// What stands for the provider has not every call: that proves nothing, and asking again is no use.
TEST_F(ConnectTest, ACallThatIsNotThereStopsNobody) {
  page();
  provider_.say(501, "");
  const auto unproven = create(api::CHANNEL_TYPE_MESSENGER);
  ASSERT_TRUE(unproven.has_value());
  EXPECT_TRUE(unproven->has_error()) << "what could not be done is told";
  number();
  pin_ = "123456";
  provider_.answers.clear();
  provider_.say(200, R"({"id":"44"})");
  provider_.say(501, "");
  EXPECT_TRUE(create(api::CHANNEL_TYPE_WHATSAPP).has_value());
}

// The token is valid but belongs to another page than the one named.
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
  EXPECT_EQ(engine_.asked, (std::vector<std::string>{"create_channel", "amend_channel"}))
      << "a repeated request is told so too";
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

// A 404 need not be Twilio's: only its own code says that there is no such account.
TEST_F(ConnectTest, OnlyTwiliosOwnCodeSaysThatAnAccountIsGone) {
  credentials_.set_account_sid("AC1");
  credentials_.set_auth_token("secret");
  credentials_.set_phone_number("+15550001111");
  provider_.say(404, "{}");
  EXPECT_TRUE(create(api::CHANNEL_TYPE_SMS).has_value());
  provider_.answers.clear();
  provider_.say(404, R"({"code":20404,"status":404})");
  EXPECT_EQ(create(api::CHANNEL_TYPE_SMS).error().code, Errc::invalid);
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

}  // namespace
}  // namespace aura::net
