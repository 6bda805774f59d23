// Logging in at the provider, and choosing one of the listed accounts.
#include "connect_fixture.h"

namespace aura::net {
namespace {

api::ChannelLoginInput by_code(const char* provider) {
  api::ChannelLoginInput input;
  input.set_provider(provider);
  input.set_code("c0de#_");
  input.set_redirect_uri("https://a.test/");
  return input;
}

class LoginTest : public ConnectTest {};

TEST_F(LoginTest, ALoginListsEveryPageOfPages) {
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

TEST_F(LoginTest, AChosenAccountBecomesAChannelWithItsToken) {
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

TEST_F(LoginTest, InstagramsCodeLosesItsTailAndItsTokenBecomesLong) {
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

TEST_F(LoginTest, WhenInstagramsTokenEndsIsKeptForItsChannel) {
  provider_.say(200, R"({"access_token":"IGshort","user_id":1})");
  provider_.say(200, R"({"access_token":"IGlong","expires_in":5184000})");
  provider_.say(200, R"({"id":"5","user_id":"178","username":"shop"})");
  const Millis ends = clock_.now_ms() + 5'184'000'000;
  const auto login = log_in(by_code("instagram"));
  ASSERT_TRUE(login.has_value()) << login.error().detail;
  provider_.answers.clear();
  provider_.say(200, R"({"id":"5","user_id":"178"})");
  provider_.say(200, kDone);
  ASSERT_TRUE(choose(login->id(), "178", engine_.workspace_id).has_value());
  EXPECT_EQ(engine_.channel_input.credentials().token_expires_at(), ends);
}

TEST_F(LoginTest, ARefusedLoginNamesItsFieldAndNoSecret) {
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

TEST_F(LoginTest, WithoutAMetaAppThereIsNoLogin) {
  ChannelSetup setup({adapters_, provider_, engine_, clock_, {}});
  Error told;
  setup.log_in(engine_.workspace_id, by_code("facebook"), std::nullopt,
               [&](const Result<api::ChannelLogin>& login) { told = login.error(); });
  EXPECT_EQ(told.code, Errc::unsupported);
  EXPECT_TRUE(provider_.calls.empty());
}

}  // namespace
}  // namespace aura::net
