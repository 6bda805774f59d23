// Looking up the URL of a WhatsApp customer's file: the request, and every answer to it.
#include <gtest/gtest.h>

#include "whatsapp_bodies.h"

namespace aura::net::whatsapp {
namespace {

api::Credentials credentials() {
  api::Credentials out;
  out.set_phone_number_id("440000000000001");
  out.set_business_account_id("330000000000001");
  out.set_access_token("EAATESTTOKEN0001");
  return out;
}

MediaSource source() {
  MediaSource out;
  out.provider_id = "900000000000001";
  out.sha256_base64 = "0o0pVP+XrGgFLEvv+MhK0JYNFAhUD8SGJWzdfNaN0f4=";
  out.authorised = true;
  return out;
}

Result<MediaTarget> read(int status, std::string body) {
  ProviderReply reply;
  reply.status = status;
  reply.body = std::move(body);
  return adapter().read_media_lookup(source(), reply, credentials());
}

TEST(WhatsAppMedia, TheAddressIsAskedForWithTheNumberAndTheToken) {
  const auto call = adapter().compose_media_lookup(source(), credentials());
  ASSERT_TRUE(call);
  EXPECT_EQ(call->method, "GET");
  EXPECT_NE(call->url.find("/900000000000001?phone_number_id=440000000000001"), std::string::npos)
      << call->url;
  EXPECT_EQ(call->headers.at(0).second, "Bearer EAATESTTOKEN0001");
  EXPECT_FALSE(
      adapter().compose_media_lookup({.url = "https://lookaside.fbsbx.com/a"}, credentials()));
}

TEST(WhatsAppMedia, TheAnswerSaysWhereHowLargeAndWithWhichDigest) {
  const auto target = read(
      200,
      R"({"messaging_product":"whatsapp","url":"https://lookaside.fbsbx.com/whatsapp_business/a?b=1",)"
      R"("mime_type":"image/jpeg","sha256":"d28d2954ff97ac68052c4beff8c84ad0960d1408540fc486256cdd7cd68dd1fe",)"
      R"("file_size":"303833","id":"900000000000001"})");
  ASSERT_TRUE(target) << target.error().detail;
  EXPECT_EQ(target->url, "https://lookaside.fbsbx.com/whatsapp_business/a?b=1");
  EXPECT_EQ(target->size, 303833);
  EXPECT_EQ(target->sha256, "d28d2954ff97ac68052c4beff8c84ad0960d1408540fc486256cdd7cd68dd1fe");
  EXPECT_EQ(target->headers.at(0).second, "Bearer EAATESTTOKEN0001");
  for (const auto& host : target->header_hosts) EXPECT_NE(host.find('.'), std::string::npos);
}

TEST(WhatsAppMedia, WithoutADigestTheWebhooksOneCounts) {
  EXPECT_EQ(read(200, R"({"url":"https://lookaside.fbsbx.com/a"})")->sha256,
            source().sha256_base64);
}

TEST(WhatsAppMedia, EveryOtherAnswerSaysWhetherToAskAgain) {
  const std::vector<std::tuple<int, std::string, Errc>> table{
      {404, "", Errc::not_found},
      {400, R"({"error":{"code":100,"error_subcode":33,"message":"no"}})", Errc::not_found},
      {400, R"({"error":{"code":100,"message":"no"}})", Errc::io},
      {401, R"({"error":{"code":190}})", Errc::unauthorized},
      {400, R"({"error":{"code":190}})", Errc::unauthorized},
      {500, "", Errc::io},
      {0, "", Errc::io},
      {200, "{}", Errc::io},
      {200, "not json", Errc::io},
  };
  for (const auto& [status, body, code] : table) {
    const auto target = read(status, body);
    ASSERT_FALSE(target) << status << body;
    EXPECT_EQ(target.error().code, code) << status << body;
    EXPECT_EQ(target.error().detail.find("EAATEST"), std::string::npos);
  }
}

TEST(WhatsAppMedia, AnAddressFromTheWebhookIsReadWithTheToken) {
  const auto target =
      adapter().media_target({.url = "https://lookaside.fbsbx.com/a"}, credentials());
  EXPECT_EQ(target.url, "https://lookaside.fbsbx.com/a");
  EXPECT_EQ(target.headers.at(0).second, "Bearer EAATESTTOKEN0001");
}

}  // namespace
}  // namespace aura::net::whatsapp
