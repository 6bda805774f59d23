// Instagram in the simulated Graph API, and Meta's login.
#include "tests/unit/bench/provider_fixture.h"

namespace aura::bench {
namespace {

class InstagramApi : public ProviderTest {
 protected:
  HttpAnswer send(const std::string& body) {
    return call("POST", "/graph.instagram.com/v25.0/17841400000000001/messages", body);
  }
  static std::string text(const std::string& text) {
    return R"({"recipient":{"id":"68411"},"message":{"text":")" + text + R"("}})";
  }
};

TEST_F(InstagramApi, TheHostOrTheIdSaysThatItIsInstagram) {
  EXPECT_EQ(send(text("hi")).status, 200);
  EXPECT_EQ(call("POST", "/v25.0/17841400000000001/messages", text("hi")).status, 200);
  EXPECT_EQ(call("POST", "/v25.0/100/messages", text("hi")).status, 200);
  ASSERT_EQ(ledger_.size(), 3u);
  EXPECT_EQ(ledger_.entries()[0].channel, Channel::instagram);
  EXPECT_EQ(ledger_.entries()[1].channel, Channel::instagram);
  EXPECT_EQ(ledger_.entries()[2].channel, Channel::messenger);
  EXPECT_TRUE(holds(ledger_.json(0, 10, Channel::messenger), R"("seq":3)"));
  EXPECT_FALSE(holds(ledger_.json(0, 10, Channel::messenger), R"("seq":1,)"));
}

TEST_F(InstagramApi, TextIsLimitedInBytes) {
  std::string half;
  for (int i = 0; i < 500; ++i) half += "é";
  EXPECT_EQ(send(text(half)).status, 200);
  EXPECT_TRUE(holds(send(text(half + "a")).body, R"("error_subcode":2534015)"));
}

TEST_F(InstagramApi, MessagesOfAllKindsAreChecked) {
  const std::string to = R"({"recipient":{"id":"68411"},)";
  for (
      const auto* good : {
          R"("message":{"attachment":{"type":"like_heart"}}})",
          R"("message":{"attachment":{"type":"MEDIA_SHARE","payload":{"id":"1789"}}}})",
          R"("message":{"attachment":{"type":"image","payload":{"url":"https://a.test/a.jpg"}}}})",
          R"("message":{"attachments":[{"type":"image","payload":{"url":"https://a.test/1"}}]}})",
          R"("sender_action":"react","payload":{"message_id":"m","reaction":"love"}})",
          R"("sender_action":"unreact","payload":{"message_id":"m"}})",
          R"("sender_action":"typing_on"})",
          R"("message":{"text":"x","quick_replies":[{"content_type":"text","title":"A","payload":"a"}]}})",
      }) {
    EXPECT_EQ(send(to + good).status, 200) << good << send(to + good).body;
  }
  for (
      const auto* bad : {
          R"("message":{"attachment":{"type":"hologram","payload":{"url":"https://a.test/a"}}}})",
          R"("message":{"attachment":{"type":"image","payload":{"url":"file:///etc/passwd"}}}})",
          R"("message":{"attachments":[{"type":"video","payload":{"url":"https://a.test/1"}}]}})",
          R"("message":{"text":"x","quick_replies":[{"content_type":"user_email"}]}})",
          R"("message":{"text":"x","quick_replies":[{"content_type":"text","title":"a title that is too long","payload":"a"}]}})",
          R"("sender_action":"react","payload":{"message_id":"m"}})",
          R"("message":{"attachment":{"type":"template","payload":{"template_type":"generic","elements":[]}}}})",
          R"("message":{"attachment":{"type":"template","payload":{"template_type":"button","text":"t","buttons":[{"type":"web_url","title":"x"}]}}}})",
      }) {
    EXPECT_TRUE(holds(send(to + bad).body, R"("code":100)")) << bad;
  }
}

TEST_F(InstagramApi, APrivateReplyNamesItsComment) {
  EXPECT_EQ(send(R"({"recipient":{"comment_id":"179"},"message":{"text":"x"}})").status, 200);
  EXPECT_EQ(ledger_.entries()[0].recipient_kind, "comment_id");
}

TEST_F(InstagramApi, APrivateReplyReachesTheCommentsAuthor) {
  intake_.note_comment("179", "68411");
  const auto answer = send(R"({"recipient":{"comment_id":"179"},"message":{"text":"x"}})");
  EXPECT_TRUE(holds(answer.body, R"("recipient_id":"68411")"));
  EXPECT_EQ(ledger_.entries()[0].recipient, "179");
  EXPECT_EQ(ledger_.entries()[0].person, "68411");
}

TEST_F(InstagramApi, AClosedWindowIsSaidWithTheChannelsSubcode) {
  set(R"({"closed_windows":["68411","7"]})");
  EXPECT_TRUE(holds(send(text("hi")).body, R"("error_subcode":2534022)"));
  const auto tagged =
      R"({"recipient":{"id":"7"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT","message":{"text":"x"}})";
  EXPECT_EQ(call("POST", "/v25.0/100/messages", tagged).status, 200);
  EXPECT_TRUE(holds(
      call("POST", "/v25.0/100/messages", R"({"recipient":{"id":"7"},"message":{"text":"x"}})")
          .body,
      R"("error_subcode":2018278)"));
}

TEST_F(InstagramApi, SubscriptionsAreKept) {
  const std::string edge = "/graph.instagram.com/v25.0/17841400000000001/subscribed_apps";
  EXPECT_TRUE(holds(call("GET", edge).body, "messaging_seen"));
  EXPECT_EQ(call("POST", edge).status, 400) << "without fields";
  EXPECT_EQ(call("POST", edge + "?subscribed_fields=messages,comments").status, 200);
  EXPECT_TRUE(holds(call("GET", edge).body, R"("subscribed_fields":["messages","comments"])"));
  EXPECT_EQ(call("DELETE", edge).status, 200);
  EXPECT_EQ(call("GET", edge).body, R"({"data":[]})");
  EXPECT_TRUE(holds(call("GET", "/graph.instagram.com/v25.0/me?fields=user_id,username").body,
                    R"("username":"shop.)"));
}

std::string token_in(const std::string& body) {
  const auto from = body.find(R"("access_token":")") + 16;
  return body.substr(from, body.find('"', from) - from);
}

TEST_F(InstagramApi, ATokenIsExchangedAndRefreshedWhenItIsOldEnough) {
  const std::string form =
      "client_id=900100&client_secret=secret&grant_type=authorization_code&redirect_uri=u&code=c1";
  const std::string type = "Content-Type: application/x-www-form-urlencoded\r\n";
  const auto code = call("POST", "/api.instagram.com/oauth/access_token", form, type);
  ASSERT_EQ(code.status, 200) << code.body;
  EXPECT_TRUE(
      holds(call("POST", "/api.instagram.com/oauth/access_token", form, type).body, "36009"))
      << "a code works once";
  const auto exchanged = call("GET",
                              "/graph.instagram.com/access_token?grant_type=ig_exchange_token"
                              "&client_secret=secret&access_token=" +
                                  token_in(code.body),
                              "", "");
  EXPECT_TRUE(holds(exchanged.body, R"("expires_in":5184000)"));
  const auto refresh = [&](const std::string& token) {
    return call("GET",
                "/graph.instagram.com/refresh_access_token?grant_type=ig_refresh_token"
                "&access_token=" +
                    token,
                "", "");
  };
  const auto token = token_in(exchanged.body);
  EXPECT_EQ(refresh(token).status, 400) << "younger than a day";
  now_ms_ += std::int64_t{86'400} * 1000;
  EXPECT_EQ(refresh(token).status, 200);
  now_ms_ += std::int64_t{60} * 86'400 * 1000;
  EXPECT_TRUE(holds(refresh(token).body, R"("code":190,"error_subcode":463)")) << "expired";
}

TEST_F(InstagramApi, TheFacebookLoginExchangesCodesAndTokens) {
  const std::string app = "/v25.0/oauth/access_token?client_id=900100&client_secret=secret";
  const auto user = call("GET", app + "&redirect_uri=u&code=c2", "", "");
  ASSERT_EQ(user.status, 200) << user.body;
  const auto longer =
      call("GET", app + "&grant_type=fb_exchange_token&fb_exchange_token=" + token_in(user.body));
  EXPECT_TRUE(holds(longer.body, R"("expires_in":5183944)"));
  EXPECT_EQ(
      call("GET", "/v25.0/oauth/access_token?client_id=900100&client_secret=wrong&code=c").status,
      400);
  const auto look = call("GET", "/v25.0/debug_token?input_token=" + token_in(user.body) +
                                    "&access_token=900100|secret");
  EXPECT_TRUE(holds(look.body, R"("is_valid":true)"));
  now_ms_ += std::int64_t{2} * 3600 * 1000;
  EXPECT_TRUE(holds(call("GET", "/v25.0/debug_token?input_token=" + token_in(user.body) +
                                    "&access_token=900100|secret")
                        .body,
                    R"("is_valid":false)"));
  set(R"({"tokens":{"100":"P"}})");
  EXPECT_TRUE(holds(call("GET", "/v25.0/me/accounts").body, R"("access_token":"P")"));
}

}  // namespace
}  // namespace aura::bench
