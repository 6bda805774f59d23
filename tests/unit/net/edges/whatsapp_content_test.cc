// The content of WhatsApp messages: media, locations, contact cards, replies, orders; each kind
// with and without its optional parts.
#include "net/providers/whatsapp/normalise.h"
#include "whatsapp_bodies.h"

namespace aura::net::whatsapp {
namespace {

using Kind = ChannelEvent::Kind;

struct MediaCase {
  const char* type;
  const char* extra;
  const char* shown;  // the attachment's type
  const char* text;
  const char* filename;
  bool voice;
};
class Media : public testing::TestWithParam<MediaCase> {};
TEST_P(Media, IsAnAttachmentWithItsSource) {
  const MediaCase& c = GetParam();
  for (const bool with_url : {true, false}) {
    const std::string url =
        with_url ? R"(,"url":"https:\/\/lookaside.fbsbx.com\/m?id=1")" : std::string();
    const ChannelEvent e = single(message(
        std::string(R"("type":")") + c.type + "\",\"" + c.type +
        R"(":{"id":1013,"mime_type":"a/b","sha256":"0o0pVP+XrGgFLEvv+MhK0JYNFAhUD8SGJWzdfNaN0f4=")" +
        url + c.extra + "}"));
    EXPECT_EQ(e.kind, Kind::message);
    EXPECT_EQ(e.text, c.text);
    ASSERT_EQ(e.attachments.size(), 1u);
    EXPECT_EQ(e.attachments[0].type(), c.shown);
    EXPECT_EQ(e.attachments[0].mime_type(), "a/b");
    EXPECT_EQ(e.attachments[0].filename(), c.filename);
    EXPECT_EQ(e.attachments[0].voice(), c.voice);
    EXPECT_EQ(e.attachments[0].animated(),
              std::string_view(c.extra).find("animated") != std::string_view::npos);
    EXPECT_FALSE(e.attachments[0].has_url());  // Meta's URL expires and needs the token
    ASSERT_EQ(e.media.size(), 1u);
    EXPECT_EQ(e.media[0].provider_id, "1013");
    EXPECT_EQ(e.media[0].sha256_base64, "0o0pVP+XrGgFLEvv+MhK0JYNFAhUD8SGJWzdfNaN0f4=");
    EXPECT_EQ(e.media[0].url, with_url ? "https://lookaside.fbsbx.com/m?id=1" : "");
    EXPECT_TRUE(e.media[0].authorised);
  }
}
INSTANTIATE_TEST_SUITE_P(
    All, Media,
    testing::Values(MediaCase{"image", R"(,"caption":"Blue?")", "image", "Blue?", "", false},
                    MediaCase{"image", "", "image", "", "", false},
                    MediaCase{"video", R"(,"caption":"See")", "video", "See", "", false},
                    MediaCase{"audio", R"(,"voice":true)", "audio", "", "", true},
                    MediaCase{"audio", R"(,"voice":false)", "audio", "", "", false},
                    MediaCase{"voice", "", "audio", "", "", true},
                    MediaCase{"document", R"(,"filename":"a.pdf","caption":"Menu")", "file", "Menu",
                              "a.pdf", false},
                    MediaCase{"document", "", "file", "", "", false},
                    MediaCase{"sticker", R"(,"animated":true)", "sticker", "", "", false}));

TEST(WhatsAppContent, Location) {
  ChannelEvent e = single(message(
      R"("type":"location","location":{"latitude":48.2,"longitude":-16.37,"name":"Shop","address":"Main St 1","url":"https://s.test"})"));
  ASSERT_EQ(e.attachments.size(), 1u);
  EXPECT_EQ(e.attachments[0].latitude(), 48.2);
  EXPECT_EQ(e.attachments[0].longitude(), -16.37);
  EXPECT_EQ(e.attachments[0].title(), "Shop");
  EXPECT_EQ(e.attachments[0].address(), "Main St 1");
  EXPECT_EQ(e.attachments[0].url(), "https://s.test");
  e = single(message(R"("type":"location","location":{"latitude":"48.2","longitude":16})"));
  EXPECT_EQ(e.attachments[0].longitude(), 16);
  EXPECT_FALSE(e.attachments[0].has_title());
  EXPECT_EQ(e.media.size(), e.attachments.size());
}

TEST(WhatsAppContent, Contacts) {
  const ChannelEvent e = single(message(
      R"("type":"contacts","contacts":[{"name":{"formatted_name":"Ada L","first_name":"Ada"},"phones":[{"phone":"+1 555","wa_id":"1555","type":"WORK"},{"wa_id":"49170"}],)"
      R"("emails":[{"email":"a@b.test","type":"HOME"}],"org":{"company":"Acme"},"addresses":[{"street":"Main St 1","city":"Vienna","zip":"1010","country_code":"AT","type":"HOME"}],"urls":[{"url":"https://a.test","type":"WORK"}],"birthday":"2000-01-01","vcard":"x"},)"
      R"({"name":{"first_name":"Bob","last_name":"M"}}])"));
  ASSERT_EQ(e.contacts.size(), 2u);
  EXPECT_EQ(e.contacts[0].name(), "Ada L");
  ASSERT_EQ(e.contacts[0].phones_size(), 2);
  EXPECT_EQ(e.contacts[0].phones(0), "+1 555");
  EXPECT_EQ(e.contacts[0].phones(1), "+49170");
  EXPECT_EQ(e.contacts[0].emails(0), "a@b.test");
  EXPECT_EQ(e.contacts[0].organization(), "Acme");
  ASSERT_EQ(e.contacts[0].addresses_size(), 1);
  EXPECT_EQ(e.contacts[0].addresses(0), "Main St 1, Vienna, 1010, AT");
  ASSERT_EQ(e.contacts[0].urls_size(), 1);
  EXPECT_EQ(e.contacts[0].urls(0), "https://a.test");
  EXPECT_EQ(e.contacts[0].birthday(), "2000-01-01");
  EXPECT_EQ(e.contacts[1].name(), "Bob M");
}

TEST(WhatsAppContent, ACardMayComeAsAVcardAlone) {
  const ChannelEvent e = single(message(
      R"("type":"contacts","contacts":[{"vcard":"BEGIN:VCARD\r\nVERSION:3.0\r\nN:L;Ada;;;\r\nFN:Ada L\r\nORG:Acme\r\nTEL;type=CELL;waid=1555:+1 555\nEMAIL:a@b.test\nURL:https://a.test/x?a=1\nADR;TYPE=HOME:;;Main St 1;Vienna;;1010;Austria\nBDAY:2000-01-01\nno line\nEND:VCARD"},)"
      R"({"name":{"formatted_name":"Bob"},"vcard":"FN:Robert\nTEL:+2"}])"));
  ASSERT_EQ(e.contacts.size(), 2u);
  EXPECT_EQ(e.contacts[0].name(), "Ada L");
  ASSERT_EQ(e.contacts[0].phones_size(), 1);
  EXPECT_EQ(e.contacts[0].phones(0), "+1 555");
  ASSERT_EQ(e.contacts[0].emails_size(), 1);
  EXPECT_EQ(e.contacts[0].emails(0), "a@b.test");
  EXPECT_EQ(e.contacts[0].organization(), "Acme");
  ASSERT_EQ(e.contacts[0].urls_size(), 1);
  EXPECT_EQ(e.contacts[0].urls(0), "https://a.test/x?a=1");
  ASSERT_EQ(e.contacts[0].addresses_size(), 1);
  EXPECT_EQ(e.contacts[0].addresses(0), "Main St 1, Vienna, 1010, Austria");
  EXPECT_EQ(e.contacts[0].birthday(), "2000-01-01");
  EXPECT_EQ(e.contacts[1].name(), "Bob") << "what WhatsApp names itself";
  EXPECT_EQ(e.contacts[1].phones(0), "+2");
}

TEST(WhatsAppContent, PressedButtons) {
  ChannelEvent e = single(message(R"("type":"button","button":{"text":"Yes","payload":"YES"})"));
  EXPECT_EQ(e.kind, Kind::postback);
  EXPECT_EQ(e.text, "Yes");
  EXPECT_EQ(e.payload, "YES");
  e = single(message(
      R"("type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"y","title":"Yes"}})"));
  EXPECT_EQ(e.kind, Kind::postback);
  EXPECT_EQ(e.text, "Yes");
  EXPECT_EQ(e.payload, "y");
  e = single(message(
      R"("context":{"from":"15550001111","id":"wamid.T0"},"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"p1","title":"Margherita","description":"9 EUR"}})"));
  EXPECT_EQ(e.kind, Kind::postback);
  EXPECT_EQ(e.text, "Margherita");
  EXPECT_EQ(e.payload, "p1");
  EXPECT_EQ(e.choice_description, "9 EUR");
  EXPECT_EQ(e.reply_to, "wamid.T0");
}

TEST(WhatsAppContent, FilledInForm) {
  const auto form = [](const std::string& response) {
    return single(message(
        R"("type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":)" +
        response + "}}"));
  };
  const ChannelEvent e = form(R"("{\"size\":\"L\",\"n\":2}")");
  EXPECT_EQ(e.kind, Kind::message);
  EXPECT_EQ(e.text, "Sent");
  EXPECT_EQ(e.form, R"({"size":"L","n":2})");
  EXPECT_EQ(form(R"("{\"size\":")").form, R"("{\"size\":")");  // the string itself, as JSON
  EXPECT_EQ(form(R"("")").form, "");
}

TEST(WhatsAppContent, InteractiveWithoutItsObjectIsShownAsUnsupported) {
  for (const char* content : {R"("type":"interactive")", R"("type":"interactive","interactive":{})",
                              R"("type":"interactive","interactive":null)"}) {
    const ChannelEvent e = single(message(content));
    EXPECT_EQ(e.kind, Kind::unsupported) << content;
    EXPECT_EQ(e.unsupported, "interactive");
  }
  EXPECT_EQ(
      single(message(R"("type":"interactive","interactive":{"type":"call_permission_reply"})"))
          .unsupported,
      "interactive/call_permission_reply");
}

TEST(WhatsAppContent, Order) {
  const ChannelEvent e = single(message(
      R"("type":"order","order":{"catalog_id":"c1","text":"Please by 5","product_items":[)"
      R"({"product_retailer_id":"sku1","quantity":2,"item_price":12.5,"currency":"EUR"},)"
      R"({"product_retailer_id":"sku2","quantity":"1","item_price":"900","currency":"JPY"},)"
      R"({"product_retailer_id":"sku3"}]})"));
  EXPECT_EQ(e.kind, Kind::message);
  EXPECT_EQ(e.text, "Please by 5");
  EXPECT_EQ(e.payload, "c1");
  ASSERT_EQ(e.order_lines.size(), 3u);
  EXPECT_EQ(e.order_lines[0].product_id(), "sku1");
  EXPECT_EQ(e.order_lines[0].quantity(), 2);
  EXPECT_EQ(e.order_lines[0].unit_price().amount_minor(), 1250);
  EXPECT_EQ(e.order_lines[0].unit_price().currency(), "EUR");
  EXPECT_EQ(e.order_lines[1].unit_price().amount_minor(), 900);
  EXPECT_EQ(e.order_lines[2].quantity(), 1);
  EXPECT_FALSE(e.order_lines[2].has_unit_price());
}

TEST(WhatsAppContent, MinorUnits) {
  EXPECT_EQ(minor_units("9", "EUR"), 900);
  EXPECT_EQ(minor_units("9.5", "EUR"), 950);
  EXPECT_EQ(minor_units("9.50000", "USD"), 950);
  EXPECT_EQ(minor_units("0.375", "KWD"), 375);
  EXPECT_EQ(minor_units("900.0", "JPY"), 900);
  for (const char* wrong : {"", "-1", "1.234", "1e3", "a", "9999999999999999", "."}) {
    EXPECT_FALSE(minor_units(wrong, "EUR").has_value()) << wrong;
  }
  EXPECT_FALSE(minor_units("1", "").has_value());
}

TEST(WhatsAppContent, UnsupportedAndUnknown) {
  ChannelEvent e = single(message(
      R"("type":"unsupported","errors":[{"code":131051,"title":"Message type unknown","error_data":{"details":"Message type is not supported."}}],"unsupported":{"type":"poll"})"));
  EXPECT_EQ(e.kind, Kind::unsupported);
  EXPECT_EQ(e.unsupported, "poll");
  EXPECT_EQ(e.provider_code, "131051");
  EXPECT_EQ(e.error_detail, "Message type is not supported.");
  e = single(message(R"("type":"unsupported","errors":[{"code":131051,"title":"Unknown"}])"));
  EXPECT_EQ(e.unsupported, "unsupported");
  EXPECT_EQ(e.error_detail, "Unknown");
  EXPECT_EQ(single(message(R"("type":"hologram","hologram":{"x":1})")).unsupported, "hologram");
  EXPECT_EQ(single(message(R"("type":"text","text":{})")).unsupported, "text");
}

TEST(WhatsAppContent, AFileThatIsTooLargeSaysSo) {
  for (const std::string type : {"image", "unsupported"}) {
    const ChannelEvent e = single(message(
        R"("type":")" + type + R"(","errors":[{"code":131052,"title":"Media download error"}])"));
    EXPECT_EQ(e.kind, Kind::unsupported);
    EXPECT_EQ(e.unsupported, type);
    EXPECT_NE(e.error_detail.find("100 MB"), std::string::npos);
  }
  EXPECT_EQ(single(message(R"("text":{"body":"x"})")).unsupported, "unknown");
  EXPECT_EQ(single(message(R"("type":"image")")).unsupported, "image");
}

// The stored raw item of an unsupported message contains that message alone, and normalising it
// again gives the same result.
TEST(WhatsAppContent, WhatIsKeptOfAnUnsupportedOneNamesNobodyElse) {
  const std::string both =
      R"({"list":"changes","entry_id":"33","item":{"field":"messages","value":{)"
      R"("metadata":{"display_phone_number":"15550001111","phone_number_id":"44"},)"
      R"("contacts":[{"profile":{"name":"Ada"},"wa_id":"15557654321"},{"profile":{"name":"Bob"},"wa_id":"15557654322"}],)"
      R"("messages":[{"from":"15557654321","id":"w1","timestamp":"1790000000","type":"hologram","hologram":{"x":1}},)"
      R"({"from":"15557654322","id":"w2","timestamp":"1790000001","type":"text","text":{"body":"hi"}}]}}})";
  const Normalised first = normalise_item(both);
  ASSERT_EQ(first.events.size(), 2u);
  const std::string& kept = first.events[0].raw;
  EXPECT_TRUE(first.events[1].raw.empty());
  EXPECT_EQ(kept.find("15557654322"), std::string::npos);
  EXPECT_EQ(kept.find("Bob"), std::string::npos);
  const Normalised again = normalise_item(kept);
  ASSERT_EQ(again.events.size(), 1u);
  EXPECT_EQ(again.events[0].external_id, first.events[0].external_id);
  EXPECT_EQ(again.events[0].thread, first.events[0].thread);
  EXPECT_EQ(again.events[0].unsupported, "hologram");
}

}  // namespace
}  // namespace aura::net::whatsapp
