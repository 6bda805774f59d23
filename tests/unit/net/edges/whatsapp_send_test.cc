// The request body of each kind of outgoing message.
#include <gtest/gtest.h>

#include "net/json.h"
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

OutboundMessage outgoing(std::string text = "") {
  OutboundMessage out;
  out.recipient = "15557654321";
  out.message_id = "msg_1";
  out.text = std::move(text);
  return out;
}

api::Attachment file(const char* type, const char* url) {
  api::Attachment out;
  out.set_type(type);
  out.set_url(url);
  return out;
}

api::Button button(const char* type, const char* title, const char* value = "") {
  api::Button out;
  out.set_type(type);
  out.set_title(title);
  if (out.type() == "reply") out.set_payload(value);
  if (out.type() == "url") out.set_url(value);
  if (out.type() == "phone") out.set_phone(value);
  return out;
}

std::vector<std::string> bodies(const OutboundMessage& message) {
  std::vector<std::string> out;
  for (const ProviderCall& call : adapter().compose(message, credentials())) {
    EXPECT_TRUE(parse_json(call.body).has_value()) << call.body;
    out.push_back(call.body);
  }
  return out;
}

// The one body, without the members common to all bodies.
std::string part(const OutboundMessage& message) {
  const auto all = bodies(message);
  EXPECT_EQ(all.size(), 1u);
  if (all.size() != 1) return {};
  const std::string begin =
      R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"+15557654321","type":)";
  const std::string end = R"(,"biz_opaque_callback_data":"msg_1"})";
  EXPECT_TRUE(all[0].starts_with(begin)) << all[0];
  EXPECT_TRUE(all[0].ends_with(end)) << all[0];
  return all[0].substr(begin.size(), all[0].size() - begin.size() - end.size());
}

TEST(WhatsAppCompose, Text) {
  const auto calls = adapter().compose(outgoing("Hi \"you\""), credentials());
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].method, "POST");
  EXPECT_EQ(calls[0].url,
            "https://graph.test/v25.0/440000000000001/messages?appsecret_proof="
            "3f8440d83ba968de4973db42c1f1642d77973adcf1f9be75aaf3ef7401adae0e");
  EXPECT_EQ(calls[0].headers[0].first, "Authorization");
  EXPECT_EQ(calls[0].headers[0].second, "Bearer EAATESTTOKEN0001");
  EXPECT_EQ(calls[0].headers[1].second, "application/json");
  EXPECT_EQ(part(outgoing("Hi \"you\"")),
            R"("text","text":{"body":"Hi \"you\"","preview_url":false})");
  EXPECT_EQ(part(outgoing("https://a.test")),
            R"("text","text":{"body":"https://a.test","preview_url":true})");
}

TEST(WhatsAppCompose, RecipientIsANumberAUserIdOrAGroup) {
  OutboundMessage m = outgoing("x");
  m.recipient = "US.900000000000000001";
  EXPECT_NE(
      bodies(m)[0].find(R"("recipient_type":"individual","recipient":"US.900000000000000001")"),
      std::string::npos);
  m.number = "15557654321";  // both are known, and "to" wins
  EXPECT_NE(bodies(m)[0].find(R"("recipient":"US.900000000000000001","to":"+15557654321",)"),
            std::string::npos);
  m.recipient = "group:G1";
  EXPECT_NE(bodies(m)[0].find(R"("recipient_type":"group","to":"G1","type")"), std::string::npos);
  m.recipient = "+4917";
  EXPECT_NE(bodies(m)[0].find(R"("to":"+4917")"), std::string::npos);
}

TEST(WhatsAppCompose, LongTextIsSplitInOrderAndQuotesOnce) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "This is sentence number " + std::to_string(i) + ". ";
  OutboundMessage m = outgoing(text);
  m.reply_to_external = "wamid.T1";
  const auto all = bodies(m);
  ASSERT_EQ(all.size(), 3u);
  std::string joined;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto json = parse_json(all[i]);
    const std::string body = (*json)["text"]["body"].GetString();
    EXPECT_LE(body.size(), 4096u);
    EXPECT_TRUE(body.ends_with('.'));
    joined += body + " ";
    EXPECT_EQ(json->HasMember("context"), i == 0);
  }
  EXPECT_EQ(joined, text);
  EXPECT_NE(all[0].find(R"("context":{"message_id":"wamid.T1"})"), std::string::npos);
}

TEST(WhatsAppCompose, MediaByLinkAndById) {
  OutboundMessage m = outgoing();
  m.attachments.push_back(file("image", "https://f.test/a.jpg"));
  EXPECT_EQ(part(m), R"("image","image":{"link":"https://f.test/a.jpg"})");
  m.attachments[0].set_title("Blue");
  EXPECT_EQ(part(m), R"("image","image":{"link":"https://f.test/a.jpg","caption":"Blue"})");
  m.attachments[0].set_channel_media_id("1013");
  EXPECT_EQ(part(m), R"("image","image":{"id":"1013","caption":"Blue"})");
  m.attachments[0] = file("file", "https://f.test/m");
  m.attachments[0].set_filename("menu.pdf");
  m.text = "Menu";
  EXPECT_EQ(
      part(m),
      R"("document","document":{"link":"https://f.test/m","caption":"Menu","filename":"menu.pdf"})");
  m.text.clear();
  m.attachments[0] = file("audio", "https://f.test/a");
  EXPECT_EQ(part(m), R"("audio","audio":{"link":"https://f.test/a"})");
  m.attachments[0] = file("video", "https://f.test/v");
  EXPECT_EQ(part(m), R"("video","video":{"link":"https://f.test/v"})");
  m.attachments[0] = file("sticker", "https://f.test/s");
  EXPECT_EQ(part(m), R"("sticker","sticker":{"link":"https://f.test/s"})");
  m.attachments[0].set_mime_type("image/webp");
  m.attachments[0].set_size_bytes(200 * 1024);
  EXPECT_TRUE(part(m).starts_with(R"("document")")) << "100 KB if it does not move";
  m.attachments[0].set_animated(true);
  EXPECT_TRUE(part(m).starts_with(R"("sticker")"));
  m.attachments[0].set_size_bytes(501 * 1024);
  EXPECT_TRUE(part(m).starts_with(R"("document")"));
}

TEST(WhatsAppCompose, WhatAKindDoesNotTakeGoesAsDocument) {
  OutboundMessage m = outgoing();
  m.attachments.push_back(file("image", "https://f.test/a"));
  m.attachments[0].set_mime_type("image/gif");
  EXPECT_TRUE(part(m).starts_with(R"("document")"));
  for (const char* url : {"https://f.test/a.webp", "https://f.test/A.GIF?x=1.jpg"}) {
    m.attachments[0] = file("image", url);
    EXPECT_TRUE(part(m).starts_with(R"("document")")) << "by its ending: " << url;
  }
  m.attachments[0] = file("image", "https://f.test/show.php?file=a.webp");
  EXPECT_TRUE(part(m).starts_with(R"("image")"));
  m.attachments[0].set_mime_type("image/png");
  EXPECT_TRUE(part(m).starts_with(R"("image")"));
  m.attachments[0].set_size_bytes(5 * 1024 * 1024 + 1);
  EXPECT_TRUE(part(m).starts_with(R"("document")"));
  m.attachments[0] = file("audio", "https://f.test/a");
  m.attachments[0].set_mime_type("audio/ogg; codecs=opus");
  EXPECT_TRUE(part(m).starts_with(R"("audio")"));
  m.attachments[0].set_mime_type("audio/wav");
  EXPECT_TRUE(part(m).starts_with(R"("document")"));
}

TEST(WhatsAppCompose, EveryAttachmentGoesAndTheTextIsTheFirstOnesCaption) {
  OutboundMessage m = outgoing("Two of them");
  m.attachments = {file("image", "https://f.test/1"), file("image", "https://f.test/2")};
  auto all = bodies(m);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_NE(all[0].find(R"("caption":"Two of them")"), std::string::npos);
  EXPECT_EQ(all[1].find("caption"), std::string::npos);
  m.text = std::string(1025, 'a');  // too long for a caption
  all = bodies(m);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_NE(all[0].find(R"("type":"text")"), std::string::npos);
  m.text = "Listen";
  m.attachments = {file("audio", "https://f.test/1")};  // has no caption
  EXPECT_EQ(bodies(m).size(), 2u);
}

TEST(WhatsAppCompose, TheTitleOfWhatHasNoCaptionGoesAsText) {
  for (const char* type : {"audio", "sticker"}) {
    OutboundMessage m = outgoing();
    m.attachments = {file(type, "https://f.test/1")};
    m.attachments[0].set_title("How to find us");
    const auto all = bodies(m);
    ASSERT_EQ(all.size(), 2u) << type;
    EXPECT_NE(all[0].find(std::string("\"type\":\"") + type), std::string::npos);
    EXPECT_NE(all[1].find(R"("text":{"body":"How to find us")"), std::string::npos) << all[1];
  }
}

TEST(WhatsAppCompose, FilesThatWereNotTakenGoAsLinks) {
  OutboundMessage m = outgoing("Two of them");
  m.attachments = {file("image", "https://f.test/1"), file("file", "https://f.test/2")};
  m.files_as_links = true;
  const auto all = bodies(m);
  ASSERT_EQ(all.size(), 3u);
  for (const std::string& body : all)
    EXPECT_NE(body.find(R"("type":"text")"), std::string::npos) << body;
  EXPECT_NE(all[2].find("https://f.test/2"), std::string::npos);
}

TEST(WhatsAppCompose, LocationContactsAndWhatHasNoForm) {
  OutboundMessage m = outgoing();
  api::Attachment place;
  place.set_type("location");
  place.set_latitude(48.2);
  place.set_longitude(16.37);
  place.set_title("Shop");
  place.set_address("Main St 1");
  m.attachments.push_back(place);
  EXPECT_EQ(
      part(m),
      R"("location","location":{"latitude":48.2,"longitude":16.37,"name":"Shop","address":"Main St 1"})");
  m.attachments.clear();
  api::ContactCard card;
  card.set_name("Ada L");
  card.add_phones("+15557654321");
  card.add_emails("a@b.test");
  card.set_organization("Acme");
  m.contacts.push_back(card);
  EXPECT_EQ(
      part(m),
      R"("contacts","contacts":[{"name":{"formatted_name":"Ada L","first_name":"Ada L"},"phones":[{"phone":"+15557654321"}],"emails":[{"email":"a@b.test"}],"org":{"company":"Acme"}}])");
  m.contacts.clear();
  m.attachments.push_back(file("post", "https://p.test"));
  EXPECT_EQ(part(m), R"("text","text":{"body":"https://p.test","preview_url":true})");
}

TEST(WhatsAppCompose, FewChoicesAreButtons) {
  OutboundMessage m = outgoing("Confirm?");
  m.buttons = {button("reply", "Yes", "yes"), button("reply", "No", "no")};
  EXPECT_EQ(
      part(m),
      R"("interactive","interactive":{"type":"button","body":{"text":"Confirm?"},"action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},{"type":"reply","reply":{"id":"no","title":"No"}}]}})");
  m.buttons.clear();
  m.quick_replies.resize(1);
  m.quick_replies[0].set_title("Ok");
  EXPECT_NE(part(m).find(R"("reply":{"id":"Ok","title":"Ok"})"), std::string::npos);
}

TEST(WhatsAppCompose, MoreOrLongerChoicesAreAListThenNumbered) {
  OutboundMessage m = outgoing("Pick");
  for (int i = 0; i < 4; ++i) m.quick_replies.emplace_back().set_title("T" + std::to_string(i));
  EXPECT_EQ(
      part(m).substr(0, 141),
      R"("interactive","interactive":{"type":"list","body":{"text":"Pick"},"action":{"button":"Menu","sections":[{"rows":[{"id":"T0","title":"T0"},{"i)");
  m.quick_replies.resize(1);
  m.quick_replies[0].set_title("Margherita with extra cheese");
  EXPECT_NE(
      part(m).find(
          R"("title":"Margherita with extra ch","description":"Margherita with extra cheese")"),
      std::string::npos)
      << part(m);
  m.quick_replies.resize(11);
  for (int i = 0; i < 11; ++i) m.quick_replies[i].set_title("T" + std::to_string(i));
  EXPECT_TRUE(part(m).starts_with(R"("text","text":{"body":"Pick\n1. T0\n2. T1\n)"));
  m.quick_replies.resize(1);
  m.quick_replies[0].set_title(std::string(73, 'x'));
  EXPECT_TRUE(part(m).starts_with(R"("text")"));
}

TEST(WhatsAppCompose, LinkAndPhoneButtons) {
  OutboundMessage m = outgoing("Pay");
  m.buttons = {button("url", "Pay now", "https://pay.example.test/1")};
  EXPECT_EQ(
      part(m),
      R"("interactive","interactive":{"type":"cta_url","body":{"text":"Pay"},"action":{"name":"cta_url","parameters":{"display_text":"Pay now","url":"https://pay.example.test/1"}}})");
  m.buttons.push_back(button("reply", "Later", "l"));
  m.buttons.push_back(button("phone", "Call", "+1555"));
  const std::string mixed = part(m);
  EXPECT_NE(
      mixed.find(
          R"("type":"button","body":{"text":"Pay\nPay now: https://pay.example.test/1\nCall: +1555"})"),
      std::string::npos)
      << mixed;
}

TEST(WhatsAppCompose, List) {
  OutboundMessage m = outgoing("Pick");
  m.list.emplace();
  m.list->set_button("Choose");
  auto& section = *m.list->add_sections();
  section.set_title("Pizza");
  auto& row = *section.add_rows();
  row.set_id("p1");
  row.set_title("Margherita");
  row.set_description("9 EUR");
  EXPECT_EQ(
      part(m),
      R"("interactive","interactive":{"type":"list","body":{"text":"Pick"},"action":{"button":"Choose","sections":[{"title":"Pizza","rows":[{"id":"p1","title":"Margherita","description":"9 EUR"}]}]}})");
}

TEST(WhatsAppCompose, Products) {
  OutboundMessage m = outgoing("Our deals\nof today");
  m.products.emplace();
  m.products->set_catalog_id("c1");
  m.products->add_product_ids("sku1");
  EXPECT_EQ(
      part(m),
      R"("interactive","interactive":{"type":"product","body":{"text":"Our deals\nof today"},"action":{"catalog_id":"c1","product_retailer_id":"sku1"}})");
  m.products->add_product_ids("sku2");
  EXPECT_EQ(
      part(m),
      R"("interactive","interactive":{"type":"product_list","header":{"type":"text","text":"Our deals"},"body":{"text":"Our deals\nof today"},"action":{"catalog_id":"c1","sections":[{"title":"Our deals","product_items":[{"product_retailer_id":"sku1"},{"product_retailer_id":"sku2"}]}]}})");
}

TEST(WhatsAppCompose, ALongTextAboveButtonsGoesAhead) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "This is sentence number " + std::to_string(i) + ". ";
  OutboundMessage m = outgoing(text);
  m.buttons = {button("reply", "Yes", "yes")};
  m.attachments = {file("image", "https://f.test/1")};
  const auto all = bodies(m);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_NE(all[0].find(R"("type":"image")"), std::string::npos);
  EXPECT_NE(all[1].find(R"("type":"text")"), std::string::npos);
  const auto last = parse_json(all[2]);
  EXPECT_LE((*last)["interactive"]["body"]["text"].GetStringLength(), 1024u);
}

TEST(WhatsAppCompose, TemplateAlsoAfterTheWindow) {
  OutboundMessage m = outgoing();
  m.window_closed = true;
  m.template_use.emplace();
  m.template_use->set_name("order_ready");
  m.template_use->set_language("en_US");
  EXPECT_EQ(part(m), R"("template","template":{"name":"order_ready","language":{"code":"en_US"}})");
  m.template_use->mutable_components()->set_json(
      R"([{"type":"body","parameters":[{"type":"text","text":"Ada"}]}])");
  EXPECT_EQ(
      part(m),
      R"("template","template":{"name":"order_ready","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"Ada"}]}]})");
  m = outgoing("Hello?");
  m.window_closed = true;
  EXPECT_TRUE(bodies(m).empty());
}

TEST(WhatsAppCompose, ReadTypingReactionAndProbe) {
  EXPECT_EQ(adapter().compose_read("1", "wamid.T1", credentials())->body,
            R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.T1"})");
  EXPECT_EQ(
      adapter().compose_typing_below("1", "wamid.T1", credentials())->body,
      R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.T1","typing_indicator":{"type":"text"}})");
  EXPECT_FALSE(adapter().compose_typing_below("1", "", credentials()).has_value());
  EXPECT_FALSE(adapter().compose_typing("1", credentials()).has_value());
  EXPECT_EQ(
      adapter().compose_reaction("15557654321", "wamid.T1", "👍", credentials())->body,
      R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"+15557654321","type":"reaction","reaction":{"message_id":"wamid.T1","emoji":"👍"}})");
  EXPECT_NE(
      adapter().compose_reaction("1", "wamid.T1", "", credentials())->body.find(R"("emoji":"")"),
      std::string::npos);
  const auto probe = adapter().compose_probe(credentials());
  EXPECT_EQ(probe->method, "GET");
  EXPECT_TRUE(probe->url.starts_with(
      "https://graph.test/v25.0/440000000000001?fields=display_phone_number,verified_name,"
      "quality_rating&appsecret_proof="));
  EXPECT_TRUE(probe->body.empty());
}

TEST(WhatsAppAccountOf, NeedsNumberBusinessAndToken) {
  EXPECT_EQ(adapter().account_of(credentials()).value(), "440000000000001");
  EXPECT_EQ(adapter().business_of(credentials()), "330000000000001");
  api::Credentials some;
  EXPECT_EQ(adapter().account_of(some).error().field, "/credentials/phone_number_id");
  some.set_phone_number_id("1");
  EXPECT_EQ(adapter().account_of(some).error().field, "/credentials/business_account_id");
  some.set_business_account_id("1");
  EXPECT_EQ(adapter().account_of(some).error().field, "/credentials/access_token");
}

TEST(WhatsAppLimits, AsTheProtocolSays) {
  EXPECT_EQ(adapter().limits().per_second, 80);
  EXPECT_EQ(adapter().limits().beside_phone_app, 20);
  EXPECT_EQ(adapter().limits().pair_interval, 6000);
  EXPECT_EQ(adapter().limits().pair_burst, 45);
  EXPECT_EQ(adapter().window_length(), 86'400'000);
  EXPECT_FALSE(adapter().human_window_length().has_value());
}

TEST(WhatsAppCompose, OnlyChoicesInWordsAreAnsweredByNumber) {
  OutboundMessage few = outgoing("Pick"), many = outgoing("Pick");
  for (int i = 0; i < 3; ++i) few.quick_replies.emplace_back().set_title("Row");
  for (int i = 0; i < 11; ++i) {
    many.quick_replies.emplace_back().set_title("Row " + std::to_string(i));
    many.quick_replies.back().set_payload("r" + std::to_string(i));
  }
  EXPECT_TRUE(adapter().numbered_choices(few).empty());
  const auto choices = adapter().numbered_choices(many);
  ASSERT_EQ(choices.size(), 11u);
  EXPECT_EQ(choices[10].payload(), "r10");
  EXPECT_NE(part(many).find("11. Row 10"), std::string::npos);
}

}  // namespace
}  // namespace aura::net::whatsapp
