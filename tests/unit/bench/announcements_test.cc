// The webhooks that providers send about an accepted message.
#include "bench/sim/announcements.h"

#include <gtest/gtest.h>

#include "bench/sim/json_read.h"
#include "tests/unit/bench/provider_fixture.h"

namespace aura::bench {
namespace {

AcceptedSend sent(Channel channel) {
  AcceptedSend out;
  out.channel = channel;
  out.time_ms = 1'790'000'000'000;
  out.page_id = "100";
  out.recipient = "7";
  out.kind = "message";
  out.text = "Hi \"you\"";
  out.metadata = "out_1";
  out.message_id = "m_1";
  out.sender = "+15550001111";
  out.callback = "http://127.0.0.1:1/status";
  return out;
}

Knobs all_on() {
  Knobs knobs;
  knobs.echo = knobs.sent = knobs.delivery = knobs.read = true;
  return knobs;
}

std::vector<std::string> kinds(const std::vector<WebhookItem>& items) {
  std::vector<std::string> out;
  for (const auto& item : items) out.push_back(item.kind);
  return out;
}

using Names = std::vector<std::string>;

TEST(Announcements, EveryChannelTellsWhatItCan) {
  EXPECT_EQ(kinds(announcements(sent(Channel::messenger), all_on(), false, "1")),
            (Names{"echo", "delivered", "read"}));
  EXPECT_EQ(kinds(announcements(sent(Channel::instagram), all_on(), false, "1")),
            (Names{"echo", "read"}));
  EXPECT_EQ(kinds(announcements(sent(Channel::whatsapp), all_on(), false, "1")),
            (Names{"sent", "delivered", "read"}));
  EXPECT_EQ(kinds(announcements(sent(Channel::whatsapp), all_on(), true, "1")),
            (Names{"sent", "failed"}));
  EXPECT_EQ(kinds(announcements(sent(Channel::sms), all_on(), false, "1")),
            (Names{"sent", "delivered"}));
  EXPECT_EQ(kinds(announcements(sent(Channel::sms), all_on(), true, "1")),
            (Names{"sent", "undelivered"}));
  EXPECT_TRUE(announcements(sent(Channel::messenger), Knobs{}, false, "1").empty());
}

TEST(Announcements, TheyNameTheMessageAndCarryOurData) {
  for (const auto channel : {Channel::messenger, Channel::instagram, Channel::whatsapp}) {
    for (const auto& item : announcements(sent(channel), all_on(), false, "900100")) {
      rapidjson::Document payload;
      EXPECT_TRUE(parse_json(payload, item.payload)) << item.payload;
    }
  }
  const auto echo = announcements(sent(Channel::messenger), all_on(), false, "900100")[0];
  EXPECT_TRUE(holds(echo.payload, R"("metadata":"out_1")"));
  EXPECT_FALSE(
      holds(announcements(sent(Channel::instagram), all_on(), false, "1")[0].payload, "metadata"))
      << "Instagram's echoes do not carry it";
  const auto status = announcements(sent(Channel::whatsapp), all_on(), false, "1")[1];
  EXPECT_TRUE(holds(status.payload, R"("biz_opaque_callback_data":"out_1")"));
  EXPECT_TRUE(holds(status.payload, R"("status":"delivered","timestamp":"1790000000")"));
  const auto failed = announcements(sent(Channel::sms), all_on(), true, "1")[1];
  EXPECT_EQ(form_value(failed.form, "ErrorCode"), "30003");
  EXPECT_EQ(failed.url, "http://127.0.0.1:1/status");
}

}  // namespace
}  // namespace aura::bench
