// The catalogue of inbound webhooks: every kind is well-formed and complete, with envelope and
// escaping as Meta's.
#include "bench/sim/inbound.h"

#include <gtest/gtest.h>

#include <set>

#include "bench/sim/customers.h"
#include "bench/sim/json_read.h"
#include "bench/sim/meta_body.h"
#include "tests/unit/bench/provider_fixture.h"

namespace aura::bench {
namespace {

InboundInput input(Channel channel) {
  InboundInput in;
  in.account = channel == Channel::sms ? "AC1" : "17841400000000001";
  in.from = channel == Channel::sms ? "+15557654321" : "15557654321";
  in.id = "id.1";
  in.at_ms = 1'790'000'000'400;
  in.text = "café \"😀\" https://example.test/a";
  in.media_id = "1013";
  in.media_url = "http://127.0.0.1:1/_media/x/1013";
  in.media_mime = "image/png";
  in.media_sha256 = "AAA=";
  in.url = "http://127.0.0.1:1/webhooks/twilio/ch_1";
  return in;
}

TEST(Inbound, EveryKindOfEveryChannelIsWellFormed) {
  std::size_t kinds = 0;
  for (const auto channel : kChannels) {
    std::set<std::string_view> names;
    for (const auto& kind : inbound_kinds(channel)) {
      const auto item = make_inbound(kind, input(channel));
      EXPECT_TRUE(names.insert(kind.name).second) << kind.name << " is there twice";
      EXPECT_EQ(kind.channel, channel);
      ++kinds;
      if (channel == Channel::sms) {
        EXPECT_EQ(form_value(item.form, "MessageSid"), "id.1");
        EXPECT_EQ(form_value(item.form, "From"), "+15557654321");
        continue;
      }
      const WebhookItem* items[] = {&item};
      rapidjson::Document body;
      EXPECT_TRUE(parse_json(body, meta_body(items))) << kind.name;
      if (kind.stores) {
        EXPECT_TRUE(holds(item.payload, "\"id.1\"")) << kind.name;
      }
    }
  }
  EXPECT_GE(kinds, 80u);
}

TEST(Inbound, ABodyIsEscapedAsMetaDoes) {
  // Test vector V2 of hmac_test.cc: escapes the unescaped form.
  const std::string plain =
      R"({"object":"instagram","entry":[{"id":"17841400000000001","time":1790000000456,)"
      R"("messaging":[{"sender":{"id":"6841100000000002"},"recipient":{"id":"17841400000000001"},)"
      R"("timestamp":1790000000400,"message":{"mid":"aWdfZG1fMDAwMQ==","text":"café 😀 https://example.test/a"}}]}]})";
  const std::string escaped =
      R"({"object":"instagram","entry":[{"id":"17841400000000001","time":1790000000456,)"
      R"("messaging":[{"sender":{"id":"6841100000000002"},"recipient":{"id":"17841400000000001"},)"
      R"("timestamp":1790000000400,"message":{"mid":"aWdfZG1fMDAwMQ==","text":"caf\u00e9 \ud83d\ude00 https:\/\/example.test\/a"}}]}]})";
  EXPECT_EQ(escape_as_meta(plain), escaped);
  const auto digits = Signer("test_app_secret_0123456789abcdef").hex(escaped);
  EXPECT_EQ(std::string(digits.data(), digits.size()),
            "2776920a644bc9b452b22801c411d15aa349a601f2d26e2ae9055c8904f152b3");
}

TEST(Inbound, SeveralItemsShareABody) {
  const auto& text = *inbound_kind(Channel::whatsapp, "text");
  auto in = input(Channel::whatsapp);
  const auto first = make_inbound(text, in);
  in.account = "441";
  in.id = "id.2";
  const auto second = make_inbound(text, in);
  const WebhookItem* items[] = {&first, &second};
  const auto body = meta_body(items);
  EXPECT_TRUE(holds(body, R"({"object":"whatsapp_business_account","entry":[{"id":"33178)"));
  EXPECT_TRUE(holds(body, R"("id":"33441","changes":[{"field":"messages")"));
  EXPECT_TRUE(holds(body, R"("timestamp":"1790000000")"));
}

class CustomersTest : public ProviderTest {
 protected:
  Customers customers_{media_, twilio_, clock_};
};

TEST_F(CustomersTest, FilesCanBeFetchedAsTheChannelHasThem) {
  const auto base = std::string("http://127.0.0.1:7001");
  const auto photo =
      customers_.act(*inbound_kind(Channel::messenger, "image"), input(Channel::messenger), base);
  EXPECT_TRUE(holds(photo.payload, base + "/_media/messenger/"));
  const auto voice =
      customers_.act(*inbound_kind(Channel::whatsapp, "audio"), input(Channel::whatsapp), base);
  const auto at = voice.payload.find(R"("audio":{"id":")") + 15;
  const auto id = voice.payload.substr(at, voice.payload.find('"', at) - at);
  EXPECT_TRUE(holds(call("GET", "/v25.0/" + id + "?phone_number_id=440").body, "audio/ogg"));
  const auto mms = customers_.act(*inbound_kind(Channel::sms, "mms"), input(Channel::sms), base);
  EXPECT_TRUE(holds(form_value(mms.form, "MediaUrl0"), "/2010-04-01/Accounts/AC1/Messages/"));
}

TEST_F(CustomersTest, WhatIsAskedForIsCheckedAndNamed) {
  EXPECT_TRUE(holds(customers_.asked("[]", "").error, "one JSON object"));
  EXPECT_TRUE(holds(customers_.asked(R"({"channel":"fax"})", "").error, "channel must be"));
  EXPECT_TRUE(holds(customers_.asked(R"({"channel":"sms"})", "").error, "account is required"));
  EXPECT_TRUE(holds(
      customers_.asked(R"({"channel":"sms","account":"AC1","from":"+1","kind":"x"})", "").error,
      "mms"));
  const auto three = customers_.asked(
      R"({"channel":"messenger","account":"1","from":"2","kind":"text","count":3})", "");
  ASSERT_EQ(three.items.size(), 3u);
  EXPECT_NE(three.items[0].id, three.items[1].id);
  const auto raw = customers_.asked(
      R"({"channel":"messenger","account":"1","event":{"read":{"watermark":1}}})", "");
  ASSERT_EQ(raw.items.size(), 1u);
  EXPECT_EQ(raw.items[0].payload, R"({"read":{"watermark":1}})");
}

}  // namespace
}  // namespace aura::bench
