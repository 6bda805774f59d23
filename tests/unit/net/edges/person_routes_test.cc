// Meta's signed requests for a person (vectors of its page on data deletion), and how they are
// answered.
#include "net/webhooks/person_routes.h"

#include <gtest/gtest.h>

#include "net/webhooks/signed_request.h"
#include "tests/unit/net/serve.h"

namespace aura::net {
namespace {

const std::string kSecret = "test_app_secret_0123456789abcdef";
const std::string kD1 =
    "uZ0hGCBBXDhheOlAWumTIIBfy-IuCxq0yoHiOb7mL4M."
    "eyJ1c2VyX2lkIjoiMjE4NDcxMDAwMDAwMDAxIiwiYWxnb3JpdGhtIjoiSE1BQy1TSEEyNTYiLCJpc3N1ZWRfYXQiOjE3OT"
    "AwMDAwMDAsImV4cGlyZXMiOjE3OTAwMDM2MDB9";
const std::string kD2Payload =
    "eyJ1c2VyX2lkIjoiMjE4NDcxMDAwMDAwMDAyIiwiYWxnb3JpdGhtIjoiSE1BQy1TSEEyNTYiLCJpc3N1ZWRfYXQiOjE3OT"
    "AwMDAxMDB9";
const std::string kD3 =
    "1NioPOTHtIKj2jzF9D24u6_6l-g8JwgACrxdU6Qsra0."
    "eyJ1c2VyX2lkIjoiMjE4NDcxMDAwMDAwMDAzIiwiYWxnb3JpdGhtIjoibm9uZSIsImlzc3VlZF9hdCI6MTc5MDAwMDAwMH"
    "0";
const std::string kD4 =
    "A8NmlV369lSoLzd7QE4ux2p3ue2xF0UeISYm9fxwFNY."
    "eyJ1c2VyX2lkIjoiMjE4NDcxMDAwMDAwMDA0IiwiYWxnb3JpdGhtIjoiaG1hYy1zaGEyNTYiLCJpc3N1ZWRfYXQiOjE3OT"
    "AwMDAwMDB9";
const std::string kD5 =
    "zWIGMlaAA2O16S7JOYUEwgghwI2jxgRn6Dcjbob7xnU."
    "eyJ1c2VyX2lkIjoyMTg0NzEwMDAwMDAwMDUsImFsZ29yaXRobSI6IkhNQUMtU0hBMjU2IiwiaXNzdWVkX2F0IjoxNzkwMD"
    "AwMDAwfQ";
const std::string kD6 =
    "VgspYdgtI02_e7HGfdF4NkxRasMuh5OibW66mDlqNqw."
    "eyJ1c2VyX2lkIjoiMjE4NDcxMDAwMDAwMDA2IiwiYWxnb3JpdGhtIjoiSE1BQy1TSEEyNTYiLCJpc3N1ZWRfYXQiOjE3OT"
    "AwMDAyMDB9";

std::optional<PersonRequest> read(const std::string& text) {
  return read_signed_request(text, HmacSha256(kSecret));
}

TEST(SignedRequest, WhatTheAppSignedIsRead) {
  const auto first = read(kD1);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->user_id, "218471000000001");
  EXPECT_EQ(first->issued_at, 1'790'000'000'000);
  EXPECT_TRUE(read("QRQ-iSREOVyec_rrb73B7HP6so0JzsIua9gn_lNWYSk." + kD2Payload).has_value());
  EXPECT_EQ(read(kD4)->user_id, "218471000000004") << "the algorithm's case does not matter";
  EXPECT_EQ(read(kD5)->user_id, "218471000000005") << "a number keeps its digits";
  EXPECT_EQ(read(kD6)->issued_at, 1'790'000'200'000);
}

TEST(SignedRequest, AnythingElseIsNot) {
  EXPECT_FALSE(read("HCeFF9UCCVREoIcLjeoYoQ0JKaGRYPR4_sSXAAEARKg." + kD2Payload).has_value())
      << "signed over the decoded payload";
  EXPECT_FALSE(read(kD3).has_value()) << "the algorithm none";
  EXPECT_FALSE(read_signed_request(kD1, HmacSha256("another app's secret")).has_value());
  std::string altered = kD1;
  altered[60] = altered[60] == 'A' ? 'B' : 'A';
  const std::string payload = kD1.substr(kD1.find('.'));
  const std::string signature = kD1.substr(0, kD1.find('.') + 1);
  for (const std::string& text : {altered, payload, signature, std::string(), std::string("nodot"),
                                  kD1 + " ", "+" + kD1, "AAAA" + payload})
    EXPECT_FALSE(read(text).has_value()) << text;
}

TEST(SignedRequest, Base64UrlIsStrict) {
  EXPECT_EQ(from_base64url("YQ"), "a");
  EXPECT_EQ(from_base64url("YWI="), "ab");
  EXPECT_EQ(from_base64url("YWJj"), "abc");
  EXPECT_EQ(from_base64url("-__-"), "\xfb\xff\xfe");
  for (const char* wrong : {"YQ=a", "Y", "YR", "+__-", "Y Q"})
    EXPECT_FALSE(from_base64url(wrong).has_value()) << wrong;
}

class FakeRequests final : public PersonRequests {
 public:
  void disconnect(PersonRequest request, Reply<std::monostate> reply) override {
    disconnected.push_back(request.user_id);
    broken ? reply(fail(Errc::unavailable, "no disk")) : reply(std::monostate());
  }
  void erase(PersonRequest request, Reply<std::string> reply) override {
    erased.push_back(request.user_id);
    broken ? reply(fail(Errc::unavailable, "no disk")) : reply(std::string("DR9379751E68217405"));
  }
  Result<std::optional<ErasureState>> state_of(const std::string& code) const override {
    if (broken) return fail(Errc::io, "no disk");
    if (code != "DR9379751E68217405") return std::nullopt;
    return ErasureState{1'790'000'000'000, 1'790'000'001'000};
  }
  std::vector<std::string> disconnected, erased;
  bool broken = false;
};

class PersonRoutesTest : public testing::Test {
 protected:
  PersonRoutesTest() { routes_.add_routes(router_); }
  Response ask(Method method, const std::string& target, const std::string& body = {},
               const std::string& accept = {}) {
    Request request;
    request.method = method;
    request.target = target;
    request.body = body;
    if (!accept.empty()) request.headers.add("Accept", accept);
    Response answer;
    serve(router_, std::move(request), Responder([&](Response it) { answer = std::move(it); }));
    return answer;
  }
  Router router_;
  FakeRequests requests_;
  PersonRoutes routes_{{"https://aura.test/", kSecret, "another app's secret"}, requests_};
};

TEST_F(PersonRoutesTest, DeletionIsAnsweredWithItsCodeAndPage) {
  const Response answer = ask(Method::post, "/meta/fb/data-deletion", "signed_request=" + kD1);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.get("Content-Type"), "application/json");
  EXPECT_EQ(
      answer.body,
      R"({"url":"https://aura.test/privacy/deletion?code=DR9379751E68217405","confirmation_code":"DR9379751E68217405"})");
  EXPECT_EQ(requests_.erased, std::vector<std::string>{"218471000000001"});
}

TEST_F(PersonRoutesTest, DeauthorisingIsAnsweredEmpty) {
  const Response answer = ask(Method::post, "/meta/fb/deauthorize", "signed_request=" + kD6);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(requests_.disconnected, std::vector<std::string>{"218471000000006"});
}

TEST_F(PersonRoutesTest, EachAppHasItsOwnSecret) {
  EXPECT_EQ(ask(Method::post, "/meta/ig/data-deletion", "signed_request=" + kD1).status, 400);
  EXPECT_EQ(ask(Method::post, "/meta/ig/deauthorize", "signed_request=" + kD1).status, 400);
  EXPECT_TRUE(requests_.erased.empty() && requests_.disconnected.empty());
  Router router;
  PersonRoutes without({"https://aura.test", "", ""}, requests_);
  without.add_routes(router);
  Request request;
  request.method = Method::post;
  request.target = "/meta/fb/deauthorize";
  request.body = "signed_request=" + kD1;
  int status = 0;
  serve(router, std::move(request), Responder([&](const Response& it) { status = it.status; }));
  EXPECT_EQ(status, 400) << "without a secret nothing is proven";
}

TEST_F(PersonRoutesTest, WhatIsNoSignedRequestIsRefused) {
  for (const std::string& body :
       {std::string(), std::string("signed_request="), "signed_request=" + kD3, "other=" + kD1,
        "signed_request=" + kD1 + "&signed_request=" + kD1})
    EXPECT_EQ(ask(Method::post, "/meta/fb/data-deletion", body).status, 400) << body;
  EXPECT_EQ(ask(Method::get, "/meta/fb/data-deletion").status, 405);
  EXPECT_TRUE(requests_.erased.empty());
}

TEST_F(PersonRoutesTest, WithoutStorageNothingIsPromised) {
  requests_.broken = true;
  EXPECT_EQ(ask(Method::post, "/meta/fb/data-deletion", "signed_request=" + kD1).status, 503);
  EXPECT_EQ(ask(Method::post, "/meta/fb/deauthorize", "signed_request=" + kD1).status, 503);
  EXPECT_EQ(ask(Method::get, "/privacy/deletion?code=DR9379751E68217405").status, 502);
}

TEST_F(PersonRoutesTest, ThePageSaysWhatBecameOfIt) {
  const std::string target = "/privacy/deletion?code=DR9379751E68217405";
  const Response page = ask(Method::get, target);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.headers.get("Content-Type"), "text/html; charset=utf-8");
  EXPECT_NE(page.body.find("2026-09-21T14:13:21.000Z"), std::string::npos) << page.body;
  const Response json = ask(Method::get, target, {}, "application/json");
  EXPECT_NE(json.body.find(R"("state":"completed")"), std::string::npos);
  for (const char* unknown : {"/privacy/deletion", "/privacy/deletion?code=DR0000000000000000"}) {
    const Response none = ask(Method::get, unknown, {}, "application/json");
    EXPECT_EQ(none.status, 404);
    EXPECT_NE(none.body.find(R"("state":"not_found")"), std::string::npos);
  }
}

}  // namespace
}  // namespace aura::net
