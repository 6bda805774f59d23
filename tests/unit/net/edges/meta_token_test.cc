// Tokens of pages and Instagram accounts: probing, renewal, and reading the answers.
#include <gtest/gtest.h>

#include "net/providers/instagram/instagram_adapter.h"
#include "net/providers/messenger/messenger_adapter.h"

namespace aura::net {
namespace {

using Kind = TokenState::Kind;

constexpr Millis kNow = 1'790'000'000'000;
const meta::Options kOptions{"https://graph.test", "v25.0", "555",
                             "test_app_secret_0123456789abcdef", "https://ig.test"};
const messenger::MessengerAdapter kMessenger(kOptions);
const instagram::InstagramAdapter kInstagram(kOptions);

api::Credentials page() {
  api::Credentials out;
  out.set_page_id("1");
  out.set_page_access_token("EAATEST/TOKEN+1");
  return out;
}

api::Credentials account() {
  api::Credentials out;
  out.set_account_id("17841400000000001");
  out.set_access_token("IG/TOKEN");
  return out;
}

TokenState read(const ChannelAdapter& adapter, int status, const char* body) {
  return adapter.read_token({.status = status, .body = body, .headers = {}}, kNow);
}

TEST(MetaToken, PagesAreInspectedByTheApp) {
  const auto probe = kMessenger.compose_probe(page());
  ASSERT_TRUE(probe.has_value());
  EXPECT_EQ(probe->method, "GET");
  EXPECT_EQ(probe->url,
            "https://graph.test/v25.0/debug_token?input_token=EAATEST%2FTOKEN%2B1&access_token="
            "555%7Ctest_app_secret_0123456789abcdef");
  EXPECT_TRUE(probe->body.empty());
  EXPECT_FALSE(kMessenger.compose_renewal(page()).has_value());
  EXPECT_FALSE(kInstagram.compose_renewal(page()).has_value());
}

TEST(MetaToken, TellsWhoseLoginItIsOf) {
  const TokenState page_token = read(
      kMessenger, 200, R"({"data":{"is_valid":true,"profile_id":"1","user_id":218471000000006}})");
  EXPECT_EQ(page_token.persons, std::vector<std::string>{"218471000000006"});
  const TokenState own = read(kInstagram, 200, R"({"user_id":"17841400000000001","id":"99"})");
  EXPECT_EQ(own.persons, (std::vector<std::string>{"99", "17841400000000001"}));
  EXPECT_TRUE(read(kMessenger, 200, R"({"id":"1","name":"Page"})").persons.empty());
}

TEST(MetaToken, LeavingEndsThePagesOrTheAccountsEvents) {
  const auto leave = kMessenger.compose_leave(page());
  ASSERT_TRUE(leave.has_value());
  EXPECT_EQ(leave->method, "DELETE");
  EXPECT_TRUE(
      leave->url.starts_with("https://graph.test/v25.0/1/subscribed_apps?appsecret_proof="));
  EXPECT_EQ(kInstagram.compose_leave(account())->url,
            "https://ig.test/v25.0/17841400000000001/subscribed_apps");
  EXPECT_FALSE(kMessenger.compose_leave({}).has_value());
}

TEST(MetaToken, WithoutTheAppsSecretTheTokenIsTried) {
  const messenger::MessengerAdapter open({"https://graph.test", "v25.0", "555", ""});
  const auto probe = open.compose_probe(page());
  EXPECT_EQ(probe->url, "https://graph.test/v25.0/me?fields=id,name");
  EXPECT_EQ(probe->headers[0].second, "Bearer EAATEST/TOKEN+1");
  EXPECT_FALSE(open.compose_probe({}).has_value());
  const messenger::MessengerAdapter no_app({"https://graph.test", "v25.0", "", "secret"});
  EXPECT_TRUE(no_app.compose_probe(page())->url.starts_with(
      "https://graph.test/v25.0/me?fields=id,name&appsecret_proof="));
}

TEST(MetaToken, InstagramsOwnAreTriedAndRenewed) {
  const auto probe = kInstagram.compose_probe(account());
  EXPECT_EQ(probe->url, "https://ig.test/v25.0/me?fields=user_id,username");
  EXPECT_EQ(probe->headers[0].second, "Bearer IG/TOKEN");
  const auto renewal = kInstagram.compose_renewal(account());
  ASSERT_TRUE(renewal.has_value());
  EXPECT_EQ(renewal->method, "GET");
  EXPECT_EQ(renewal->url,
            "https://ig.test/refresh_access_token?grant_type=ig_refresh_token&access_token="
            "IG%2FTOKEN");
  EXPECT_FALSE(kInstagram.compose_renewal({}).has_value());
}

TEST(MetaToken, ARenewalNamesTheNewTokenAndItsEnd) {
  const TokenState state =
      read(kInstagram, 200, R"({"access_token":"NEW","token_type":"bearer","expires_in":5184000})");
  EXPECT_EQ(state.kind, Kind::alive);
  EXPECT_EQ(state.renewed_token, "NEW");
  EXPECT_EQ(state.expires_at, kNow + 5'184'000'000);
}

TEST(MetaToken, AnInspectionTellsValidityAndExpiry) {
  TokenState state =
      read(kMessenger, 200, R"({"data":{"is_valid":true,"expires_at":0,"scopes":["a"]}})");
  EXPECT_EQ(state.kind, Kind::alive);
  EXPECT_FALSE(state.expires_at.has_value());
  state = read(kMessenger, 200, R"({"data":{"is_valid":true,"expires_at":1790500000}})");
  EXPECT_EQ(state.kind, Kind::alive);
  EXPECT_EQ(state.expires_at, 1'790'500'000'000);
  state = read(kMessenger, 200, R"({"data":{"is_valid":true,"expires_at":1789999999}})");
  EXPECT_EQ(state.kind, Kind::dead);
  EXPECT_EQ(state.detail, "The access to your page has expired; please connect the page again.");
  state = read(kMessenger, 200,
               R"({"data":{"is_valid":false,"error":{"code":190,"subcode":460,"message":"x"}}})");
  EXPECT_EQ(state.kind, Kind::dead);
  EXPECT_NE(state.detail.find("password"), std::string::npos);
  EXPECT_EQ(read(kMessenger, 200, R"({"data":{"is_valid":false}})").kind, Kind::dead);
  EXPECT_EQ(read(kMessenger, 200, R"({"data":{}})").kind, Kind::unknown);
}

TEST(MetaToken, ATrialTellsAliveOrDeadAndNothingOfTheProvidersTroubles) {
  EXPECT_EQ(read(kMessenger, 200, R"({"id":"1","name":"Page"})").kind, Kind::alive);
  EXPECT_EQ(read(kInstagram, 200, R"({"user_id":1784,"username":"shop"})").kind, Kind::alive);
  TokenState state =
      read(kInstagram, 400, R"({"error":{"code":190,"error_subcode":463,"message":"secret"}})");
  EXPECT_EQ(state.kind, Kind::dead);
  EXPECT_EQ(state.detail,
            "The access to your account has expired; please connect the account again.");
  EXPECT_EQ(read(kMessenger, 401, "").kind, Kind::dead);
  for (const int status : {500, 503, 429, 302, 404}) {
    EXPECT_EQ(read(kMessenger, status, "").kind, Kind::unknown) << status;
  }
  EXPECT_EQ(read(kMessenger, 400, R"({"error":{"code":4}})").kind, Kind::unknown);
  EXPECT_EQ(read(kMessenger, 200, "{}").kind, Kind::unknown);
  EXPECT_EQ(
      kMessenger.read_token({.status = 0, .body = {}, .headers = {}, .error = Errc::timeout}, kNow)
          .kind,
      Kind::unknown);
}

}  // namespace
}  // namespace aura::net
