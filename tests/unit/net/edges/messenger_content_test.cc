// The content of Messenger messages: attachments of every type, products, bookings, advertisements.
#include "meta_events.h"
#include "net/providers/messenger/messenger_adapter.h"

namespace aura::net::messenger {
namespace {

using Kind = ChannelEvent::Kind;

const MessengerAdapter kAdapter({});

Normalised event(const std::string& kind) { return page_event(kAdapter, kind); }

TEST(MessengerContent, QuickReplyQuoteAttachmentsAndReferral) {
  const Normalised n = event(
      R"("message":{"mid":"m_2","text":"blue?","quick_reply":{"payload":"BLUE"},)"
      R"("reply_to":{"mid":"m_1","is_self_reply":false},)"
      R"("attachments":[{"type":"image","payload":{"url":"https://cdn.test/i.jpg"}},{"type":"file","payload":{"url":"/rel","title":"a.pdf"}}],)"
      R"("referral":{"ref":"spring","ad_id":"6","source":"ADS"}})");
  const ChannelEvent e = single(n);
  EXPECT_EQ(e.payload, "BLUE");
  EXPECT_EQ(e.reply_to, "m_1");
  ASSERT_EQ(e.attachments.size(), 2u);
  EXPECT_EQ(e.attachments[0].type(), "image");
  EXPECT_EQ(e.attachments[0].url(), "https://cdn.test/i.jpg");
  EXPECT_EQ(e.attachments[1].title(), "a.pdf");
  ASSERT_EQ(e.media.size(), 2u);
  EXPECT_EQ(e.media[0].url, "https://cdn.test/i.jpg");
  EXPECT_FALSE(e.media[0].authorised);
  EXPECT_TRUE(e.media[1].url.empty());  // a relative URL cannot be fetched
  ASSERT_TRUE(e.referral.has_value());
  EXPECT_EQ(e.referral->source(), "ad");
  EXPECT_EQ(e.referral->ref(), "spring");
  EXPECT_EQ(e.referral->ad_id(), "6");
}

TEST(MessengerContent, EveryAttachmentTypeIsKept) {
  const std::vector<std::pair<std::string, std::string>> types{
      {"image", "image"},       {"audio", "audio"},
      {"video", "video"},       {"file", "file"},
      {"sticker", "sticker"},   {"fallback", "fallback"},
      {"reel", "reel"},         {"ig_reel", "reel"},
      {"post", "post"},         {"ig_post", "post"},
      {"template", "template"}, {"appointment_booking", "appointment_booking"}};
  for (const auto& [type, kind] : types) {
    const ChannelEvent e = single(event(R"("message":{"mid":"m_1","attachments":[{"type":")" +
                                        type + R"(","payload":null}]})"));
    EXPECT_EQ(e.kind, Kind::message) << type;
    ASSERT_EQ(e.attachments.size(), 1u);
    ASSERT_EQ(e.media.size(), 1u);
    EXPECT_EQ(e.attachments[0].type(), kind);
    EXPECT_FALSE(e.attachments[0].has_url());
    EXPECT_TRUE(e.text.empty());
  }
}

TEST(MessengerContent, LocationStickerFallbackAndProduct) {
  const ChannelEvent e = single(event(
      R"("message":{"mid":"m_1","attachments":[)"
      R"({"type":"location","title":"Pin","payload":{"coordinates":{"lat":52.5,"long":-13}}},)"
      R"({"type":"image","payload":{"url":"https://s.test/1","sticker_id":369239263222822}},)"
      R"({"type":"fallback","title":"Shop","url":"https://l.test","payload":null},)"
      R"({"type":"template","payload":{"product":{"elements":[{"title":"Cake","image_url":"https://p.test"}]}}},)"
      R"("junk",{"payload":7}]})"));
  ASSERT_EQ(e.attachments.size(), 5u);
  EXPECT_EQ(e.attachments[0].latitude(), 52.5);
  EXPECT_EQ(e.attachments[0].longitude(), -13);
  EXPECT_EQ(e.attachments[0].title(), "Pin");
  EXPECT_EQ(e.attachments[1].type(), "sticker");
  EXPECT_EQ(e.attachments[1].channel_media_id(), "369239263222822");
  EXPECT_EQ(e.attachments[2].title(), "Shop");
  EXPECT_EQ(e.attachments[2].url(), "https://l.test");
  EXPECT_EQ(e.attachments[3].type(), "product");
  EXPECT_EQ(e.attachments[3].title(), "Cake");
  EXPECT_EQ(e.attachments[3].url(), "https://p.test");
  EXPECT_EQ(e.attachments[4].type(), "unknown");
  ASSERT_EQ(e.media.size(), 5u);
  EXPECT_EQ(e.media[1].url, "https://s.test/1");
  EXPECT_TRUE(e.media[2].url.empty());  // a page, not a file
}

TEST(MessengerContent, TheAdvertisementThatBroughtTheContact) {
  const ChannelEvent e = single(event(
      R"("message":{"mid":"m_1","text":"hi","referral":{"ref":"spring","ad_id":600000001,)"
      R"("source":"ADS","type":"OPEN_THREAD","ads_context_data":{"ad_title":"Shoes",)"
      R"("photo_url":"https://cdn.example.test/a.jpg","post_id":"1_2"},"product":{"id":"77"}}})"));
  ASSERT_TRUE(e.referral.has_value());
  EXPECT_EQ(e.referral->source(), "ad");
  EXPECT_EQ(e.referral->ad_id(), "600000001");
  EXPECT_EQ(e.referral->title(), "Shoes");
  EXPECT_EQ(e.referral->post_id(), "1_2");
  EXPECT_EQ(e.referral->image_url(), "https://cdn.example.test/a.jpg");
  EXPECT_FALSE(e.referral->has_url()) << "a picture is not the ad's address";
  ASSERT_EQ(e.attachments.size(), 1u);
  EXPECT_EQ(e.attachments[0].type(), "product");
  EXPECT_EQ(e.attachments[0].product_id(), "77");
  EXPECT_EQ(e.media.size(), 1u);
}

TEST(MessengerContent, BookingsAndEveryProductOfATemplate) {
  const ChannelEvent e = single(event(
      R"("message":{"mid":"m_1","attachments":[{"type":"appointment_booking","payload":{)"
      R"("booking_id":"b1","status":"confirmed","start_time":1790000000,"end_time":1790003600,)"
      R"("timezone":"Europe/Lisbon"}},{"type":"template","payload":{"product":{"elements":[)"
      R"({"id":9007199254740993,"title":"Cake","subtitle":"12 EUR","image_url":"https://p.test/1"},)"
      R"({"id":"2","title":"Tea"}]}}},{"type":"template","payload":{"text":"Choose"}}]})"));
  ASSERT_EQ(e.attachments.size(), 4u);
  EXPECT_EQ(e.attachments[0].title(),
            "2026-09-21 14:13 UTC – 2026-09-21 15:13 UTC, Europe/Lisbon, confirmed");
  EXPECT_NE(e.form.find(R"("booking_id":"b1")"), std::string::npos);
  EXPECT_EQ(e.attachments[1].product_id(), "9007199254740993");
  EXPECT_EQ(e.attachments[1].title(), "Cake · 12 EUR");
  EXPECT_EQ(e.attachments[2].title(), "Tea");
  EXPECT_EQ(e.attachments[3].title(), "Choose");
  EXPECT_EQ(e.media.size(), 4u);
}

}  // namespace
}  // namespace aura::net::messenger
