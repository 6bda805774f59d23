// Twilio's webhook endpoints, with known signatures T1 to T3.
#include <gtest/gtest.h>

#include <memory>

#include "../edges/fake_ingress.h"
#include "net/json.h"
#include "net/signature.h"
#include "net/webhooks/twilio.h"
#include "net/webhooks/twilio_signature.h"
#include "runtime/hex.h"
#include "tests/unit/net/serve.h"

namespace aura::net {
namespace {

constexpr const char* kToken = "12345abcdef67890twilio_test_token";
constexpr const char* kAccount = "AC00000000000000000000000000000001";

Params t1(const std::string& body = "Hello & good day é") {
  Params params;
  params.add("To", "+15550001111");
  params.add("SmsSid", "SM00000000000000000000000000000001");
  params.add("NumSegments", "1");
  params.add("NumMedia", "0");
  params.add("MessageSid", "SM00000000000000000000000000000001");
  params.add("FromCountry", "US");
  params.add("From", "+15557654321");
  params.add("Body", body);
  params.add("ApiVersion", "2010-04-01");
  params.add("AccountSid", kAccount);
  return params;
}

bool verify(std::string_view base, std::string_view target, const Params& params,
            std::string_view signature) {
  return verify_twilio_signature({kToken}, signed_addresses(base, target), signed_params(params),
                                 signature);
}

TEST(TwilioSignature, T1) {
  const std::string target = "/twilio/sms?ch=ch_01";
  EXPECT_EQ("https://hooks.example.test" + target + signed_params(t1()),
            "https://hooks.example.test/twilio/"
            "sms?ch=ch_01AccountSidAC00000000000000000000000000000001ApiVersion2010-04-01BodyHello "
            "& good day "
            "éFrom+15557654321FromCountryUSMessageSidSM00000000000000000000000000000001NumMedia0"
            "NumSegments1SmsSidSM00000000000000000000000000000001To+15550001111");
  const std::string base = "https://hooks.example.test";
  EXPECT_TRUE(verify(base, target, t1(), "3T4avzadQzIJSawhfkVkmP9Lv5M="));
  EXPECT_TRUE(verify(base, target, t1(), "TmRlKgHsQ0kh32ut26IQTZrx1kE="));  // signed with port 443
  EXPECT_TRUE(verify(base + ":443", target, t1(), "TmRlKgHsQ0kh32ut26IQTZrx1kE="));
  EXPECT_TRUE(verify(base + ":443", target, t1(), "3T4avzadQzIJSawhfkVkmP9Lv5M="));
  EXPECT_TRUE(verify(base + "/", target, t1(), "3T4avzadQzIJSawhfkVkmP9Lv5M="));
}

TEST(TwilioSignature, T2RepeatedParameters) {
  Params params;
  params.add("MediaUrl", "https://b.test/2");
  params.add("Z", "1");
  params.add("MediaUrl", "https://a.test/1");
  params.add("MediaUrl", "https://b.test/2");
  EXPECT_EQ(signed_params(params), "MediaUrlhttps://a.test/1MediaUrlhttps://b.test/2Z1");
  EXPECT_TRUE(verify("https://hooks.example.test", "/t", params, "gGcQRLHAUgt59XCJgNYZLLw1EwA="));
}

TEST(TwilioSignature, T3BodyDigest) {
  const std::string body = R"({"event":"x","n":1})";
  const std::string digest = "27ebfe91a318dc07829eec267640f3751e9a3cdc12079c47803ad76b3404b82e";
  EXPECT_TRUE(is_body_digest(digest, body));
  EXPECT_TRUE(
      is_body_digest("27EBFE91A318DC07829EEC267640F3751E9A3CDC12079C47803AD76B3404B82E", body));
  EXPECT_FALSE(is_body_digest(digest, R"({"event":"y","n":1})"));
  EXPECT_FALSE(is_body_digest("", body));
  EXPECT_TRUE(verify("https://hooks.example.test", "/twilio/json?bodySHA256=" + digest, {},
                     "kwVXNKPSIqXpoTLucwKShi0Rd6s="));
}

TEST(TwilioSignature, Negatives) {
  const std::string base = "https://hooks.example.test";
  const std::string target = "/twilio/sms?ch=ch_01";
  EXPECT_FALSE(verify(base, target, t1("Hello"), "3T4avzadQzIJSawhfkVkmP9Lv5M="));
  // T1's digest in base64url (where it differs) and without padding must be refused.
  EXPECT_FALSE(verify(base, target, t1(), "3T4avzadQzIJSawhfkVkmP9Lv5M"));
  const std::string over = twilio_signature(kToken, base + target + signed_params(t1("5")));
  EXPECT_TRUE(verify(base, target, t1("5"), over));
  EXPECT_FALSE(verify(base, target, t1(), ""));
  EXPECT_FALSE(verify(base, "/twilio/sms?ch=ch_02", t1(), "3T4avzadQzIJSawhfkVkmP9Lv5M="));
  EXPECT_FALSE(verify("http://hooks.example.test", target, t1(), "3T4avzadQzIJSawhfkVkmP9Lv5M="));
  EXPECT_FALSE(verify_twilio_signature({}, signed_addresses(base, target), signed_params(t1()),
                                       "3T4avzadQzIJSawhfkVkmP9Lv5M="));
}

TEST(TwilioSignature, Base64UrlIsRefused) {
  const std::string base = "https://hooks.example.test";
  int different = 0;
  for (int i = 0; i < 50; ++i) {
    const Params params = t1(std::to_string(i));
    const std::string good = twilio_signature(kToken, base + "/t" + signed_params(params));
    std::string url = to_base64url(*from_base64(good));
    url += "=";
    if (url == good) continue;
    ++different;
    EXPECT_FALSE(verify(base, "/t", params, url));
    EXPECT_TRUE(verify(base, "/t", params, good));
  }
  EXPECT_GT(different, 0);
}

TEST(TwilioSignature, Addresses) {
  using Strings = std::vector<std::string>;
  EXPECT_EQ(signed_addresses("https://a.test", "/x?y=%2F"),
            (Strings{"https://a.test/x?y=%2F", "https://a.test:443/x?y=%2F"}));
  EXPECT_EQ(signed_addresses("http://a.test:8080/aura/", "/x"),
            (Strings{"http://a.test:8080/aura/x", "http://a.test/aura/x"}));
  EXPECT_EQ(signed_addresses("http://[::1]", "/x"),
            (Strings{"http://[::1]/x", "http://[::1]:80/x"}));
  EXPECT_EQ(signed_addresses("http://[::1]:81", "/x"),
            (Strings{"http://[::1]:81/x", "http://[::1]/x"}));
}

// ---- the endpoints

class FakeKeys final : public WebhookKeys {
 public:
  Result<std::shared_ptr<const WebhookKey>> find(const Id& channel) const override {
    if (broken) return fail(Errc::io, "unreadable");
    return channel == known ? key : nullptr;
  }
  bool broken = false;
  Id known = new_id(1);
  std::shared_ptr<WebhookKey> key = std::make_shared<WebhookKey>();
};

class TwilioWebhookTest : public testing::Test {
 protected:
  TwilioWebhookTest() : webhook_("https://hooks.example.test", keys_, ingress_, clock_) {
    *keys_.key = {api::CHANNEL_TYPE_SMS, "+15550001111", kAccount, {kToken}};
    webhook_.add_routes(router_);
    path_ = "/webhooks/twilio/" + format_id(IdType::channel, keys_.known);
  }

  struct Call {
    std::string target;
    std::string body;
    std::string signature;
    std::string type = "application/x-www-form-urlencoded; charset=UTF-8";
    std::string encoding;
    Method method = Method::post;
  };
  Response send(const Call& call) {
    Request request;
    request.method = call.method;
    request.target = call.target;
    request.body = call.body;
    if (!call.signature.empty()) request.headers.add("X-Twilio-Signature", call.signature);
    if (!call.type.empty()) request.headers.add("Content-Type", call.type);
    if (!call.encoding.empty()) request.headers.add("Content-Encoding", call.encoding);
    request.headers.add("I-Twilio-Idempotency-Token", "token-1");
    auto out = std::make_shared<Response>();
    out->status = 0;
    serve(router_, std::move(request), Responder([out](Response r) { *out = std::move(r); }));
    return *out;
  }
  static std::string encoded(const Params& params) {
    std::string out;
    for (const auto& [name, value] : params.items()) {
      if (!out.empty()) out += '&';
      out += percent_encode(name) + "=" + percent_encode(value);
    }
    return out;
  }
  Call signed_form(const Params& params, const std::string& target, const char* token = kToken) {
    Call call;
    call.target = target;
    call.body = encoded(params);
    call.signature =
        twilio_signature(token, "https://hooks.example.test" + target + signed_params(params));
    return call;
  }
  Call signed_json(const std::string& body) {
    Call call;
    call.body = body;
    call.target = path_ + "?bodySHA256=" + to_hex(as_view(sha256(body)));
    call.type = "application/json";
    call.signature = twilio_signature(kToken, "https://hooks.example.test" + call.target);
    return call;
  }
  // Expects a refusal as forged: 403, problem+json, nothing stored.
  void expect_forged(const Call& call) {
    const Response response = send(call);
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(response.headers.get("Content-Type").substr(0, 24), "application/problem+json");
    EXPECT_EQ(ingress_.calls, 0);
  }

  FakeKeys keys_;
  FakeIngress ingress_;
  FakeClock clock_{1790000000123};
  Router router_;
  TwilioWebhook webhook_;
  std::string path_;
};

TEST_F(TwilioWebhookTest, ASignedMessageIsStoredAndAnsweredWithEmptyTwiml) {
  const Response response = send(signed_form(t1(), path_));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "<Response></Response>");
  EXPECT_EQ(response.headers.get("Content-Type").substr(0, 8), "text/xml");
  ASSERT_EQ(ingress_.items.size(), 1u);
  const InboundItem& item = ingress_.items[0];
  EXPECT_EQ(item.channel_type, api::CHANNEL_TYPE_SMS);
  EXPECT_EQ(item.account, "+15550001111");
  EXPECT_EQ(item.source, "twilio.message");
  const auto json = parse_json(item.payload);
  ASSERT_TRUE(json) << item.payload;
  EXPECT_EQ((*json)["at"].GetInt64(), 1790000000123);
  EXPECT_STREQ((*json)["token"].GetString(), "token-1");
  EXPECT_STREQ((*json)["params"]["Body"].GetString(), "Hello & good day é");
  EXPECT_EQ((*json)["params"].MemberCount(), 10u);
}

TEST_F(TwilioWebhookTest, WithoutTheKeyNothingIsCalledForged) {
  keys_.broken = true;
  const Response response = send(signed_form(t1(), path_));
  EXPECT_EQ(response.status, 503);
  EXPECT_FALSE(response.headers.get("Retry-After").empty());
  EXPECT_EQ(ingress_.calls, 0);
}

TEST_F(TwilioWebhookTest, AStatusWithItsQueryIsStored) {
  Params params = t1();
  params.add("MessageStatus", "delivered");
  EXPECT_EQ(send(signed_form(params, path_ + "/status?m=msg_1")).status, 200);
  ASSERT_EQ(ingress_.items.size(), 1u);
  EXPECT_EQ(ingress_.items[0].source, "twilio.status");
  const auto json = parse_json(ingress_.items[0].payload);
  EXPECT_STREQ((*json)["query"]["m"].GetString(), "msg_1");
}

TEST_F(TwilioWebhookTest, WithTheDefaultPortOrATrailingSlash) {
  Call call = signed_form(t1(), path_);
  call.signature =
      twilio_signature(kToken, "https://hooks.example.test:443" + path_ + signed_params(t1()));
  EXPECT_EQ(send(call).status, 200);
  EXPECT_EQ(send(signed_form(t1(), path_ + "/")).status, 200);
}

TEST_F(TwilioWebhookTest, TheSecondaryTokenAlsoSigns) {
  keys_.key->secrets.push_back("other");
  EXPECT_EQ(send(signed_form(t1(), path_, "other")).status, 200);
  EXPECT_EQ(send(signed_form(t1(), path_, kToken)).status, 200);
  EXPECT_EQ(send(signed_form(t1(), path_, "third")).status, 403);
}

TEST_F(TwilioWebhookTest, ForgedOnesAreRefused) {
  Call call = signed_form(t1(), path_);
  Call changed = call;
  changed.body = encoded(t1("Hello"));
  expect_forged(changed);
  changed = call;
  changed.signature.clear();
  expect_forged(changed);
  changed = call;
  changed.signature = "3T4avzadQzIJSawhfkVkmP9Lv5M=";
  expect_forged(changed);
  changed = call;
  changed.target += "?x=1";
  expect_forged(changed);
  changed = call;
  changed.body += "&More=1";
  expect_forged(changed);
  expect_forged(signed_form(t1(), path_, "another token"));
  changed = call;
  changed.target = path_ + "/status";
  expect_forged(changed);
}

TEST_F(TwilioWebhookTest, AnUnknownOrOtherChannelIsRefusedAlike) {
  const std::string stranger = "/webhooks/twilio/" + format_id(IdType::channel, new_id(2));
  expect_forged(signed_form(t1(), stranger));
  expect_forged(signed_form(t1(), "/webhooks/twilio/nonsense"));
  keys_.key->type = api::CHANNEL_TYPE_MESSENGER;
  expect_forged(signed_form(t1(), path_));
  keys_.key->type = api::CHANNEL_TYPE_SMS;
  keys_.key->secrets.clear();
  expect_forged(signed_form(t1(), path_, ""));
}

TEST_F(TwilioWebhookTest, AnotherAccountsMessageIsRefused) {
  keys_.key->provider_account = "AC2";
  expect_forged(signed_form(t1(), path_));
  keys_.key->provider_account = kAccount;
  Params without;
  without.add("MessageSid", "SM1");
  expect_forged(signed_form(without, path_));
}

TEST_F(TwilioWebhookTest, JsonIsProvenByItsDigest) {
  const std::string body = std::string(R"({"AccountSid":")") + kAccount +
                           R"(","MessageSid":"SM1","From":"+15557654321"})";
  EXPECT_EQ(send(signed_json(body)).status, 200);
  ASSERT_EQ(ingress_.items.size(), 1u);
  const auto json = parse_json(ingress_.items[0].payload);
  ASSERT_TRUE(json);
  EXPECT_STREQ((*json)["params"]["MessageSid"].GetString(), "SM1");
  ingress_.calls = 0;
  Call changed = signed_json(body);
  changed.body[changed.body.size() - 3] = '9';  // one byte of the body
  expect_forged(changed);
  changed = signed_json(body);
  changed.target = path_;  // without a digest nothing covers the body
  changed.signature = twilio_signature(kToken, "https://hooks.example.test" + path_);
  expect_forged(changed);
  EXPECT_EQ(send(signed_json(R"({"event":"x","n":1})")).status, 200) << "names no account";
  EXPECT_EQ(send(signed_json("[1]")).status, 400);
  EXPECT_EQ(send(signed_json("{")).status, 400);
}

TEST_F(TwilioWebhookTest, OtherBodiesAndMethods) {
  Call call = signed_form(t1(), path_);
  call.type = "text/plain";
  EXPECT_EQ(send(call).status, 415);
  call = signed_form(t1(), path_);
  call.encoding = "gzip";
  EXPECT_EQ(send(call).status, 415);
  call = signed_form(t1(std::string(256 * 1024, 'a')), path_);
  EXPECT_EQ(send(call).status, 413);
  call = signed_form(t1(), path_);
  call.method = Method::get;
  EXPECT_EQ(send(call).status, 405);
  EXPECT_EQ(ingress_.calls, 0);
}

TEST_F(TwilioWebhookTest, NoAnswerBeforeItIsStoredAnd503IfItIsNot) {
  ingress_.hold = true;
  EXPECT_EQ(send(signed_form(t1(), path_)).status, 0);
  ingress_.hold = false;
  for (const Errc code : {Errc::overloaded, Errc::unavailable, Errc::internal}) {
    ingress_.answer = code;
    const Response response = send(signed_form(t1(), path_));
    EXPECT_EQ(response.status, 503);
    EXPECT_FALSE(response.headers.get("Retry-After").empty());
  }
}

TEST_F(TwilioWebhookTest, OddBytesAreKept) {
  Params params = t1("a\xFF\"\\\n\x01z");
  EXPECT_EQ(send(signed_form(params, path_)).status, 200);
  const auto json = parse_json(ingress_.items.at(0).payload);
  ASSERT_TRUE(json);
  EXPECT_STREQ((*json)["params"]["Body"].GetString(), "a\xEF\xBF\xBD\"\\\n\x01z");
}

}  // namespace
}  // namespace aura::net
