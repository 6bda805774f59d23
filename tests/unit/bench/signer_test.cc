#include "bench/support/signer.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "bench/harness/webhook_factory.h"
#include "bench/support/http_framing.h"

namespace aura::bench {
namespace {

constexpr std::string_view kSecret = "test_app_secret_0123456789abcdef";

std::string hex(const Signer& signer, std::string_view message) {
  const auto digits = signer.hex(message);
  return {digits.data(), digits.size()};
}

// Test vectors V1, V4 and V6 of the protocol notes on Meta's webhooks.
TEST(Signer, AgreesWithThePublishedVectors) {
  const Signer signer(kSecret);
  EXPECT_EQ(
      hex(signer,
          R"({"object":"page","entry":[{"id":"1029384756","time":1790000000123,"messaging":[{"sender":{"id":"7001112223"},"recipient":{"id":"1029384756"},"timestamp":1790000000001,"message":{"mid":"m_AbCdEf0001","text":"hello"}}]}]})"),
      "4c6401543d8a6263d590d7553e40ad8724507444a8e8046fab98ed5c2033823c");
  EXPECT_EQ(hex(signer, ""), "41e8f75a26ef599c5c89e456ec3c0729db143bb9925971cd4dab8c31ea4a95c3");
  EXPECT_EQ(hex(signer, "EAATESTTOKEN0001"),
            "3f8440d83ba968de4973db42c1f1642d77973adcf1f9be75aaf3ef7401adae0e");
}

TEST(WebhookFactory, MakesSignedRequestsThatAllDiffer) {
  WebhookFactory factory(kSecret, "127.0.0.1:1");
  std::string bytes;
  factory.append_message(bytes, 5, 7, "same text");
  const auto first_size = bytes.size();
  factory.append_message(bytes, 5, 7, "same text");
  HttpMessage first;
  HttpMessage second;
  ASSERT_EQ(parse_http(bytes, first), Framing::complete);
  ASSERT_EQ(first.size, first_size);
  ASSERT_EQ(parse_http(std::string_view(bytes).substr(first_size), second), Framing::complete);
  EXPECT_NE(first.body, second.body);
  const Signer signer(kSecret);
  EXPECT_EQ(first.header("X-Hub-Signature-256"), "sha256=" + hex(signer, first.body));
  EXPECT_EQ(second.header("X-Hub-Signature-256"), "sha256=" + hex(signer, second.body));
  EXPECT_EQ(factory.body_bytes(), first.body.size() + second.body.size());
}

TEST(WebhookFactory, EveryChannelHasItsOwnBodies) {
  const auto body = [](Channel channel) {
    WebhookFactory factory(kSecret, "127.0.0.1:1", channel);
    std::string bytes;
    factory.append_message(bytes, 5, 7, "how much?");
    HttpMessage request;
    EXPECT_EQ(parse_http(bytes, request), Framing::complete);
    EXPECT_EQ(request.header("X-Hub-Signature-256"),
              "sha256=" + hex(Signer(kSecret), request.body));
    rapidjson::Document document;
    EXPECT_FALSE(document.Parse(request.body.data(), request.body.size()).HasParseError());
    return std::string(request.body);
  };
  EXPECT_TRUE(body(Channel::messenger).starts_with(R"({"object":"page","entry":[{"id":"5")"));
  EXPECT_TRUE(body(Channel::instagram).starts_with(R"({"object":"instagram","entry":[{"id":"5")"));
  const auto whatsapp = body(Channel::whatsapp);
  EXPECT_TRUE(whatsapp.starts_with(R"({"object":"whatsapp_business_account")"));
  EXPECT_NE(whatsapp.find(R"("phone_number_id":"5")"), whatsapp.npos);
  EXPECT_NE(whatsapp.find(R"("from":"7")"), whatsapp.npos);
}

}  // namespace
}  // namespace aura::bench
