// Access to a web chat: keys, tokens, origins, users named in the URL.
#include <gtest/gtest.h>

#include "chat_fixture.h"
#include "net/chat/origin.h"
#include "net/json.h"

namespace aura::net {
namespace {

TEST(ChatRoute, UnknownKeysAre404AndIllFormedTokensReplaced) {
  FakeChat chat;
  FakeEngine engine;
  FakeClock clock;
  Router router;
  add_chat_route(router, {chat, engine, engine, clock});
  auto find = [&](const std::string& target) {
    Request request;
    request.target = target;
    Response refusal;
    const Router::Route* route = router.find(request, refusal);
    EXPECT_NE(route, nullptr);
    return route->websocket(request);
  };
  EXPECT_EQ(find("/chat/nonsense").error().code, Errc::not_found);
  EXPECT_EQ(find("/chat/wk_unread").error().code, Errc::io);
  EXPECT_TRUE(find("/chat/wk_1").has_value());
  auto token_of = [&](const std::string& query) {
    auto handler = find("/chat/wk_1" + query);
    auto peer = std::make_shared<FakePeer>();
    (*handler)->on_open(peer, Request{});
    chat.welcome_reply(ChatWelcome{});
    (*handler)->on_close();
    const auto json = parse_json(peer->sent.at(0));
    return std::string((*json)["visitor"].GetString());
  };
  const std::string first = token_of("");
  EXPECT_TRUE(is_visitor_token(first));
  EXPECT_NE(token_of(""), first);
  EXPECT_EQ(token_of("?visitor=" + first), first);
  EXPECT_NE(token_of("?visitor=vt_short"), "vt_short");
  EXPECT_TRUE(is_visitor_token(token_of("?visitor=" + std::string(1000, 'a'))));
}

TEST(ChatRoute, OnlyPagesOfAllowedOriginsMayOpenTheChat) {
  FakeChat chat;
  FakeEngine engine;
  FakeClock clock;
  Router router;
  add_chat_route(router, {chat, engine, engine, clock});
  auto open_from = [&](const std::string& origin) {
    Request request;
    request.target = "/chat/wk_1";
    if (!origin.empty()) request.headers.add("Origin", origin);
    Response refusal;
    const auto handler = router.find(request, refusal)->websocket(request);
    return handler ? Errc::ok : handler.error().code;
  };
  EXPECT_EQ(open_from("https://anywhere.example"), Errc::ok);
  EXPECT_EQ(open_from(""), Errc::ok);
  chat.allowed_origins = {"https://shop.example", "http://localhost:3000"};
  EXPECT_EQ(open_from("https://shop.example"), Errc::ok);
  EXPECT_EQ(open_from("http://localhost:3000"), Errc::ok);
  for (const char* other :
       {"https://evil.example", "http://shop.example", "https://shop.example:444",
        "https://shop.example.evil.example", "https://a.shop.example", "null", ""})
    EXPECT_EQ(open_from(other), Errc::forbidden) << other;
}

TEST(ChatRoute, TheQueryMayNameTheUser) {
  FakeChat chat;
  auto caller = [&](const std::string& query) {
    Request request;
    request.target = "/chat/wk_1?visitor=" + new_visitor_token() + query;
    request.params.add("widget_key", "wk_1");
    return chat_caller(chat, request);
  };
  EXPECT_EQ(caller("")->visitor.user_id, "");
  EXPECT_EQ(caller("&user=u%201&signature=right")->visitor.user_id, "u 1");
  EXPECT_EQ(caller("&user=u1&signature=wrong").error().code, Errc::unauthorized);
  EXPECT_EQ(caller("&user=u1").error().code, Errc::unauthorized);
}

TEST(ChatOrigin, AStarStandsForEveryNameBelow) {
  const std::vector<std::string> allowed = {"https://*.shop.example"};
  EXPECT_TRUE(origin_allowed(allowed, "https://a.shop.example"));
  EXPECT_TRUE(origin_allowed(allowed, "https://a.b.shop.example"));
  EXPECT_FALSE(origin_allowed(allowed, "https://shop.example"));
  EXPECT_FALSE(origin_allowed(allowed, "https://.shop.example"));
  EXPECT_FALSE(origin_allowed(allowed, "https://evilshop.example"));
  EXPECT_FALSE(origin_allowed(allowed, "http://a.shop.example"));
  EXPECT_FALSE(origin_allowed(allowed, "https://a.shop.example:8443"));
}

TEST(ChatOrigin, Patterns) {
  for (const char* good : {"https://shop.example", "http://localhost:3000",
                           "https://*.shop.example", "https://[::1]:8080", "http://127.0.0.1"})
    EXPECT_TRUE(is_origin_pattern(good)) << good;
  for (const char* bad : {"", "shop.example", "https://", "https://shop.example/", "ftp://x",
                          "https://Shop.example", "https://*", "https://a.*.example", "*",
                          "https://a b", "https://u@shop.example", "https://shop.example?x"})
    EXPECT_FALSE(is_origin_pattern(bad)) << bad;
}

}  // namespace
}  // namespace aura::net
