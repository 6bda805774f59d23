// Meta's webhook endpoint, with known signatures V1 to V5.
#include <gtest/gtest.h>

#include <memory>

#include "fake_ingress.h"
#include "net/webhooks/meta.h"
#include "tests/unit/net/serve.h"

namespace aura::net {
namespace {

constexpr const char* kSecret = "test_app_secret_0123456789abcdef";
constexpr const char* kV1 =
    R"({"object":"page","entry":[{"id":"1029384756","time":1790000000123,"messaging":[{"sender":{"id":"7001112223"},"recipient":{"id":"1029384756"},"timestamp":1790000000001,"message":{"mid":"m_AbCdEf0001","text":"hello"}}]}]})";
constexpr const char* kV1Digest =
    "4c6401543d8a6263d590d7553e40ad8724507444a8e8046fab98ed5c2033823c";
constexpr const char* kV2 =
    R"({"object":"instagram","entry":[{"id":"17841400000000001","time":1790000000456,"messaging":[{"sender":{"id":"6841100000000002"},"recipient":{"id":"17841400000000001"},"timestamp":1790000000400,"message":{"mid":"aWdfZG1fMDAwMQ==","text":"caf\u00e9 \ud83d\ude00 https:\/\/example.test\/a"}}]}]})";
constexpr const char* kV3 =
    R"({"object":"whatsapp_business_account","entry":[{"id":"330000000000001","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550001111","phone_number_id":"440000000000001"},"contacts":[{"profile":{"name":"Ada"},"wa_id":"15557654321","user_id":"US.900000000000000001"}],"messages":[{"from":"15557654321","from_user_id":"US.900000000000000001","id":"wamid.HBgLMTU1NTc2NTQzMjEVAgASGBQA","timestamp":"1790000000","type":"text","text":{"body":"hi"}}]},"field":"messages"}]}]})";

class MetaWebhookTest : public testing::Test {
 protected:
  MetaWebhookTest() : webhook_({"vt+01", kSecret, "old_secret"}, ingress_) {
    webhook_.add_routes(router_);
  }

  // Returns the answer, or status 0 if there is none yet (it may come after this function has
  // returned).
  Response send(Request request) {
    auto out = std::make_shared<Response>();
    out->status = 0;
    serve(router_, std::move(request), Responder([out](Response r) { *out = std::move(r); }));
    return *out;
  }

  Response get(const std::string& target) {
    Request request;
    request.target = target;
    return send(std::move(request));
  }

  Response post(std::string body, std::string_view signature,
                std::string_view target = "/webhooks/meta") {
    Request request;
    request.method = Method::post;
    request.target = target;
    request.body = std::move(body);
    if (!signature.empty()) request.headers.add("X-Hub-Signature-256", signature);
    return send(std::move(request));
  }

  Response post_signed(const std::string& body) {
    return post(body, "sha256=" + HmacSha256(kSecret).sign_hex(body));
  }

  FakeIngress ingress_;
  Router router_;
  MetaWebhook webhook_;
};

TEST_F(MetaWebhookTest, HandshakeEchoesTheChallenge) {
  const Response response =
      get("/webhooks/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=vt%2B01");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "1158201444");
  EXPECT_EQ(response.headers.get("Content-Type").substr(0, 10), "text/plain");
}

TEST_F(MetaWebhookTest, HandshakeRefusals) {
  const std::string base = "/webhooks/meta?hub.mode=subscribe&hub.challenge=1";
  EXPECT_EQ(get(base + "&hub.verify_token=vt%2001").status, 403);
  EXPECT_EQ(get(base + "&hub.verify_token=vt+01").status, 403) << "the token \"vt 01\"";
  EXPECT_EQ(get(base + "&hub.verify_token=").status, 403);
  EXPECT_EQ(get(base + "&hub.verify_token=vt%2B01x").status, 403);
  EXPECT_EQ(get(base).status, 400);
  EXPECT_EQ(get("/webhooks/meta").status, 400);
  EXPECT_EQ(get("/webhooks/meta?hub.challenge=1&hub.verify_token=vt%2B01").status, 400);
  EXPECT_EQ(get("/webhooks/meta?hub.mode=subscribe&hub.verify_token=vt%2B01").status, 400);
  EXPECT_EQ(
      get("/webhooks/meta?hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=vt%2B01").status,
      400);
  EXPECT_EQ(
      get("/webhooks/meta?hub_mode=subscribe&hub_challenge=1&hub_verify_token=vt%2B01").status,
      400);
  EXPECT_EQ(get("/webhooks/meta?hub.mode=subscribe&hub.verify_token=vt%2B01&hub.challenge=" +
                std::string(257, '1'))
                .status,
            400);
}

TEST_F(MetaWebhookTest, NothingConfiguredRefusesEverything) {
  MetaWebhook closed({}, ingress_);
  Request request;
  request.target = "/webhooks/meta?hub.mode=subscribe&hub.challenge=1&hub.verify_token=";
  EXPECT_EQ(closed.handshake(request).status, 403);
  Request event;
  event.headers.add("X-Hub-Signature-256", "sha256=" + HmacSha256("").sign_hex("{}"));
  event.body = "{}";
  int status = 0;
  closed.receive(std::move(event), Responder([&](const Response& r) { status = r.status; }));
  EXPECT_EQ(status, 401);
  EXPECT_EQ(ingress_.calls, 0);
}

TEST_F(MetaWebhookTest, VectorsAreAccepted) {
  EXPECT_EQ(std::string_view(kV1).size(), 219u);
  EXPECT_EQ(std::string_view(kV2).size(), 291u);
  EXPECT_EQ(std::string_view(kV3).size(), 506u);
  EXPECT_EQ(post(kV1, std::string("sha256=") + kV1Digest).status, 200);
  EXPECT_EQ(
      post(kV2, "sha256=2776920a644bc9b452b22801c411d15aa349a601f2d26e2ae9055c8904f152b3").status,
      200);
  EXPECT_EQ(
      post(kV3, "sha256=f8467770d2cef00d51c3f3cbbebf697070bba425b915769c42b22d58b0e5ef90").status,
      200);
  ASSERT_EQ(ingress_.items.size(), 3u);
  EXPECT_EQ(ingress_.items[0].account, "1029384756");
  EXPECT_EQ(ingress_.items[2].account, "440000000000001");
}

TEST_F(MetaWebhookTest, TrailingSlashAndUpperCaseDigestAreAccepted) {
  EXPECT_EQ(
      post(kV1, "sha256=4C6401543D8A6263D590D7553E40AD8724507444A8E8046FAB98ED5C2033823C").status,
      200);
  EXPECT_EQ(post(kV1, std::string("sha256=") + kV1Digest, "/webhooks/meta/").status, 200);
}

TEST_F(MetaWebhookTest, ForgedBodiesAreRefusedUnparsed) {
  const std::string good = std::string("sha256=") + kV1Digest;
  EXPECT_EQ(post(kV1, "sha256=" + std::string(kV1Digest).substr(0, 63) + "d").status, 401);
  EXPECT_EQ(post(kV1, "sha256=" + std::string(kV1Digest).substr(0, 63)).status, 401);
  EXPECT_EQ(post(std::string(kV1) + "\n", good).status, 401);
  EXPECT_EQ(post(kV1, "").status, 401);
  EXPECT_EQ(post(kV1, "sha1=af089e6c077f9e2903b06a6d677b01233e64c748").status, 401);
  EXPECT_EQ(post(kV1, kV1Digest).status, 401);
  // The signature of V2 after parsing and serialising it again.
  EXPECT_EQ(
      post(kV2, "sha256=4bad7be74835e69f66245d2fb866b8b70da51bd850474dbd5bff2abbe1b3bec4").status,
      401);
  EXPECT_EQ(post("not json", good).status, 401);
  Request legacy;
  legacy.method = Method::post;
  legacy.target = "/webhooks/meta";
  legacy.body = kV1;
  legacy.headers.add("X-Hub-Signature", "sha1=af089e6c077f9e2903b06a6d677b01233e64c748");
  EXPECT_EQ(send(std::move(legacy)).status, 401);
  EXPECT_EQ(ingress_.calls, 0);
}

TEST_F(MetaWebhookTest, EmptySignedBodyIsNotJson) {
  EXPECT_EQ(
      post("", "sha256=41e8f75a26ef599c5c89e456ec3c0729db143bb9925971cd4dab8c31ea4a95c3").status,
      400);
  EXPECT_EQ(post_signed("{\"a\":").status, 400);
  EXPECT_EQ(ingress_.calls, 0);
}

TEST_F(MetaWebhookTest, ThePreviousSecretStillCounts) {
  const std::string body = kV1;
  EXPECT_EQ(post(body, "sha256=" + HmacSha256("old_secret").sign_hex(body)).status, 200);
  EXPECT_EQ(post(body, "sha256=" + HmacSha256("older").sign_hex(body)).status, 401);
}

TEST_F(MetaWebhookTest, NotUnderstoodIsKeptAndAnswered200) {
  EXPECT_EQ(post_signed("[]").status, 200);
  EXPECT_EQ(post_signed(R"({"object":"planet","entry":[{"id":"1"}]})").status, 200);
  EXPECT_EQ(ingress_.items.size(), 2u);
}

TEST_F(MetaWebhookTest, AnEncodedBodyAndAHugeOneAreRefused) {
  Request encoded;
  encoded.method = Method::post;
  encoded.target = "/webhooks/meta";
  encoded.headers.add("Content-Encoding", "gzip");
  EXPECT_EQ(send(std::move(encoded)).status, 415);
  EXPECT_EQ(post_signed(std::string(8 * 1024 * 1024 + 1, ' ')).status, 413);
}

TEST_F(MetaWebhookTest, NoAnswerBeforeTheIngressIsDone) {
  ingress_.hold = true;
  EXPECT_EQ(post(kV1, std::string("sha256=") + kV1Digest).status, 0);
}

TEST_F(MetaWebhookTest, WhatIsNotStoredIsAnswered503) {
  for (const Errc code : {Errc::overloaded, Errc::unavailable, Errc::internal}) {
    ingress_.answer = code;
    const Response response = post(kV1, std::string("sha256=") + kV1Digest);
    EXPECT_EQ(response.status, 503);
    EXPECT_FALSE(response.headers.get("Retry-After").empty());
  }
}

}  // namespace
}  // namespace aura::net
