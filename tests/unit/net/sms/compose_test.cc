// Outgoing messages as requests to Twilio's Messages API.
#include <gtest/gtest.h>

#include "net/http.h"
#include "net/providers/sms/outgoing.h"
#include "net/providers/sms/segments.h"
#include "net/providers/sms/sms_adapter.h"
#include "net/signature.h"
#include "runtime/ids.h"

namespace aura::net::sms {
namespace {

constexpr const char* kMessageId = "msg_01k5h2z3c4d5e6f7g8h9j0k1m2";
constexpr const char* kChannelId = "ch_01k5h2z3c4d5e6f7g8h9j0k1m2";

SmsAdapter adapter(const std::string& public_url = "https://shop.test") {
  return SmsAdapter({"https://api.twilio.test/", public_url, Keywords()});
}

api::Credentials credentials(const std::string& sender = "+15550001111") {
  api::Credentials out;
  out.set_account_sid("AC00000000000000000000000000000001");
  out.set_auth_token("token");
  out.set_phone_number(sender);
  return out;
}

OutboundMessage message(std::string text) {
  OutboundMessage out;
  out.recipient = "+15557654321";
  out.message_id = kMessageId;
  out.channel_id = kChannelId;
  out.text = std::move(text);
  return out;
}

Params form(const ProviderCall& call) { return parse_form(call.body); }
std::string field(const ProviderCall& call, const char* name) {
  const Params params = form(call);
  const std::string* value = params.find(name);
  return value == nullptr ? "(none)" : *value;
}

TEST(SmsCompose, AText) {
  const auto calls = adapter().compose(message("Hi & good day é +"), credentials());
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].method, "POST");
  EXPECT_EQ(calls[0].url,
            "https://api.twilio.test/2010-04-01/Accounts/AC00000000000000000000000000000001/"
            "Messages.json");
  EXPECT_EQ(field(calls[0], "To"), "+15557654321");
  EXPECT_EQ(field(calls[0], "From"), "+15550001111");
  EXPECT_EQ(field(calls[0], "Body"), "Hi & good day é +");
  EXPECT_EQ(field(calls[0], "StatusCallback"), std::string("https://shop.test/webhooks/twilio/") +
                                                   kChannelId + "/status?m=" + kMessageId);
  EXPECT_EQ(field(calls[0], "MessagingServiceSid"), "(none)");
  EXPECT_EQ(calls[0].headers[0].first, "Authorization");
  EXPECT_EQ(calls[0].headers[0].second,
            "Basic " + to_base64("AC00000000000000000000000000000001:token"));
}

TEST(SmsCompose, AnApiKeyGoesBeforeTheToken) {
  auto with_key = credentials();
  with_key.set_api_key_sid("SK1");
  with_key.set_api_key_secret("secret");
  const auto calls = adapter().compose(message("x"), with_key);
  EXPECT_EQ(calls[0].headers[0].second, "Basic " + to_base64("SK1:secret"));
}

TEST(SmsCompose, Senders) {
  const std::string service = "MG00000000000000000000000000000001";
  EXPECT_EQ(field(adapter().compose(message("x"), credentials(service))[0], "MessagingServiceSid"),
            service);
  EXPECT_EQ(field(adapter().compose(message("x"), credentials(service))[0], "From"), "(none)");
  EXPECT_EQ(field(adapter().compose(message("x"), credentials("24365"))[0], "From"), "24365");
  OutboundMessage rcs = message("x");
  rcs.recipient = "rcs:+15557654321";
  EXPECT_EQ(field(adapter().compose(rcs, credentials())[0], "From"), "rcs:+15550001111");
}

TEST(SmsCompose, CallbacksOnlyWhereTwilioCanCall) {
  EXPECT_EQ(field(adapter("http://127.0.0.1:8080").compose(message("x"), credentials())[0],
                  "StatusCallback"),
            "(none)");
  const SmsAdapter simulated({"http://127.0.0.1:9000", "http://localhost:8080/", Keywords()});
  EXPECT_TRUE(field(simulated.compose(message("x"), credentials())[0], "StatusCallback")
                  .starts_with("http://localhost:8080/webhooks/"));
}

TEST(SmsCompose, ALongTextGoesInPartsAtSentences) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "This is sentence number " + std::to_string(i) + " of all. ";
  const auto calls = adapter().compose(message(text), credentials());
  ASSERT_GT(calls.size(), 1u);
  std::string joined;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const std::string body = field(calls[i], "Body");
    EXPECT_LE(count_segments(body).parts, kPartSegments);
    EXPECT_TRUE(body.ends_with("all.")) << body;
    joined += body + " ";
    const bool last = i + 1 == calls.size();
    EXPECT_EQ(field(calls[i], "StatusCallback").ends_with(std::string("?m=") + kMessageId), last);
  }
  EXPECT_EQ(joined, text);
}

TEST(SmsCompose, NoPartIsLargerThanAllowedWhateverTheCharacters) {
  for (const std::string unit : {"a", "€", "Ж", "😀", "[] ", "é€ "}) {
    std::string text;
    for (int i = 0; i < 800; ++i) text += unit;
    for (const auto& part : outgoing_of(message(text)).texts) {
      EXPECT_LE(count_segments(part).parts, kPartSegments) << unit;
      EXPECT_LE(part.size(), 1600u * 4);
    }
  }
}

TEST(SmsCompose, TypographyIsMadePlainWhereThatMakesItCheap) {
  EXPECT_EQ(field(adapter().compose(message("It’s “ready” – come…"), credentials())[0], "Body"),
            "It's \"ready\" - come...");
  EXPECT_EQ(field(adapter().compose(message("It’s ready 😀"), credentials())[0], "Body"),
            "It’s ready 😀");
}

TEST(SmsCompose, ChoicesBecomeNumberedText) {
  OutboundMessage out = message("Which one?");
  out.quick_replies.resize(2);
  out.quick_replies[0].set_title("Tea");
  out.quick_replies[1].set_title("Coffee");
  EXPECT_EQ(outgoing_of(out).texts.at(0), "Which one?\n\n1. Tea\n2. Coffee");
  out.quick_replies.clear();
  out.buttons.resize(3);
  out.buttons[0].set_title("Order");
  out.buttons[1].set_title("Menu");
  out.buttons[1].set_url("https://shop.test/menu");
  out.buttons[2].set_title("Call");
  out.buttons[2].set_phone("+15550001111");
  EXPECT_EQ(outgoing_of(out).texts.at(0),
            "Which one?\n\n1. Order\nMenu: https://shop.test/menu\nCall: +15550001111");
  out.buttons.clear();
  auto& section = *out.list.emplace().add_sections();
  section.set_title("Drinks");
  section.add_rows()->set_title("Tea");
  section.mutable_rows(0)->set_description("hot");
  section.add_rows()->set_title("Juice");
  EXPECT_EQ(outgoing_of(out).texts.at(0), "Which one?\nDrinks\n\n1. Tea - hot\n2. Juice");
}

api::Attachment picture(const std::string& url) {
  api::Attachment out;
  out.set_type("image");
  out.set_url(url);
  return out;
}

TEST(SmsCompose, PicturesGoByMmsInNorthAmericaAndAsLinksElsewhere) {
  OutboundMessage out = message("Look");
  out.attachments = {picture("https://a.test/1.jpg"), picture("https://a.test/2.jpg"),
                     picture("http://a.test/3.jpg")};
  const auto calls = adapter().compose(out, credentials());
  ASSERT_EQ(calls.size(), 1u);
  const Params params = form(calls[0]);
  EXPECT_EQ(params.all("MediaUrl").size(), 2u);
  EXPECT_EQ(field(calls[0], "Body"), "Look\nhttp://a.test/3.jpg");
  out.recipient = "+351912345678";
  const auto abroad = adapter().compose(out, credentials());
  EXPECT_EQ(field(abroad[0], "MediaUrl"), "(none)");
  EXPECT_EQ(field(abroad[0], "Body"),
            "Look\nhttps://a.test/1.jpg\nhttps://a.test/2.jpg\nhttp://a.test/3.jpg");
}

TEST(SmsCompose, WhatIsNoMmsGoesAsALinkAtOnce) {
  constexpr std::int64_t kMb = 1024 * 1024;
  struct File {
    const char* mime;
    std::int64_t size;
    bool goes;
  };
  for (const File& file :
       {File{"image/jpeg", 5 * kMb, true}, File{"image/jpeg", 5 * kMb + 1, false},
        File{"", 6 * kMb, false}, File{"", 0, true}, File{"video/mp4", kMb, true},
        File{"video/mp4", kMb + 1, false}, File{"application/pdf", kMb, true},
        File{"application/zip", 10, false}}) {
    OutboundMessage out = message("Look");
    out.attachments = {picture("https://a.test/1")};
    if (*file.mime != 0) out.attachments[0].set_mime_type(file.mime);
    if (file.size != 0) out.attachments[0].set_size_bytes(file.size);
    const Outgoing sent = outgoing_of(out);
    EXPECT_EQ(sent.media.size(), file.goes ? 1u : 0u) << file.mime << file.size;
    EXPECT_EQ(sent.texts.at(0), file.goes ? "Look" : "Look\nhttps://a.test/1");
  }
}

TEST(SmsCompose, AllFilesOfAMessageTogetherHaveFiveMegabytes) {
  OutboundMessage out = message("Look");
  for (const char* url : {"https://a.test/1", "https://a.test/2", "https://a.test/3"}) {
    out.attachments.push_back(picture(url));
    out.attachments.back().set_mime_type("image/png");
    out.attachments.back().set_size_bytes(2'000'000);
  }
  EXPECT_EQ(outgoing_of(out).media.size(), 2u);
  EXPECT_EQ(outgoing_of(out).texts.at(0), "Look\nhttps://a.test/3");
}

TEST(SmsCompose, PicturesThatWereNotTakenGoAsLinks) {
  OutboundMessage out = message("Look");
  out.attachments = {picture("https://a.test/1.jpg")};
  out.files_as_links = true;
  const auto calls = adapter().compose(out, credentials());
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(field(calls[0], "MediaUrl"), "(none)");
  EXPECT_EQ(field(calls[0], "Body"), "Look\nhttps://a.test/1.jpg");
}

TEST(SmsCompose, APictureAloneIsAMessage) {
  OutboundMessage out = message("");
  out.attachments = {picture("https://a.test/1.jpg")};
  const auto calls = adapter().compose(out, credentials());
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(field(calls[0], "MediaUrl"), "https://a.test/1.jpg");
  EXPECT_EQ(field(calls[0], "Body"), "(none)");
  EXPECT_TRUE(adapter().check(out));
}

TEST(SmsCompose, AContentTemplate) {
  OutboundMessage out = message("");
  out.template_use.emplace().set_name("HX00000000000000000000000000000001");
  out.template_use->mutable_components()->set_json(R"({"1":"Ada"})");
  const auto calls = adapter().compose(out, credentials());
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(field(calls[0], "ContentSid"), "HX00000000000000000000000000000001");
  EXPECT_EQ(field(calls[0], "ContentVariables"), R"({"1":"Ada"})");
  EXPECT_TRUE(adapter().check(out));
}

TEST(SmsCompose, ItemsOfOurCatalogGoInWords) {
  OutboundMessage out = message("Today:");
  auto& card = *out.products.emplace().add_cards();
  card.set_title("Espresso");
  card.set_subtitle("$2.40");
  EXPECT_TRUE(adapter().check(out).has_value());
  const auto calls = adapter().compose(out, {});
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_NE(calls[0].body.find("Espresso"), std::string::npos);
  EXPECT_NE(calls[0].body.find("2.40"), std::string::npos);
}

TEST(SmsCheck, WhatCannotGoIsRefusedWithItsPlace) {
  const auto field_of = [](const OutboundMessage& it) {
    const auto checked = adapter().check(it);
    return checked ? std::string("(allowed)") : checked.error().field;
  };
  EXPECT_EQ(field_of(message("x")), "(allowed)");
  EXPECT_EQ(field_of(message("")), "/text");
  OutboundMessage to_name = message("x");
  to_name.recipient = "ACME";
  ASSERT_FALSE(adapter().check(to_name));
  EXPECT_NE(adapter().check(to_name).error().detail.find("not a phone number"), std::string::npos);
  OutboundMessage out = message("x");
  out.products.emplace().add_product_ids("p");
  EXPECT_EQ(field_of(out), "/products");
  out = message("x");
  out.template_use.emplace().set_name("welcome");
  EXPECT_EQ(field_of(out), "/template/name");
  out = message("x");
  out.comment_id = "c";
  EXPECT_EQ(field_of(out), "/comment_id");
  out = message("x");
  out.attachments.emplace_back().set_type("sticker");
  EXPECT_EQ(field_of(out), "/attachments/0/url");
  std::string emoji;
  for (int i = 0; i < 1400; ++i) emoji += "😀";
  EXPECT_EQ(field_of(message(emoji)), "/text");
  EXPECT_EQ(field_of(message(std::string(4096, 'a'))), "(allowed)");
}

TEST(SmsCompose, APlaceKeepsItsAddress) {
  OutboundMessage out = message("");
  api::Attachment& place = out.attachments.emplace_back();
  place.set_type("location");
  place.set_title("Shop");
  place.set_address("Main St 1");
  place.set_latitude(48.5);
  place.set_longitude(16.25);
  EXPECT_EQ(*form(adapter().compose(out, credentials())[0]).find("Body"),
            "Shop\nMain St 1\nhttps://www.google.com/maps?q=48.500000,16.250000");
}

TEST(SmsSegments, AreThoseOfWhatIsSent) {
  EXPECT_EQ(adapter().segments(message("It’s ready")), 1u);
  EXPECT_EQ(adapter().segments(message(std::string(161, 'a'))), 2u);
  EXPECT_EQ(adapter().segments(message(std::string(80, 'a') + "😀")), 2u);
}

TEST(SmsAccount, IsTheSender) {
  EXPECT_EQ(adapter().account_of(credentials("+1 555 000 1111")).value_or(""), "+15550001111");
  EXPECT_EQ(adapter().account_of(credentials("24365")).value_or(""), "24365");
  EXPECT_EQ(adapter().account_of(credentials("MG1")).value_or(""), "MG1");
  for (const char* wrong : {"", "5550001111", "ACME", "+"}) {
    const auto account = adapter().account_of(credentials(wrong));
    ASSERT_FALSE(account) << wrong;
    EXPECT_EQ(account.error().field, "/credentials/phone_number");
  }
  auto without = credentials();
  without.clear_account_sid();
  EXPECT_EQ(adapter().account_of(without).error().field, "/credentials/account_sid");
  without = credentials();
  without.clear_auth_token();
  EXPECT_EQ(adapter().account_of(without).error().field, "/credentials/auth_token");
  without = credentials();
  without.set_api_key_sid("SK1");
  EXPECT_EQ(adapter().account_of(without).error().field, "/credentials/api_key_sid");
}

TEST(SmsProbe, AsksForTheNumberOrTheAccount) {
  EXPECT_EQ(adapter().compose_probe(credentials())->url,
            "https://api.twilio.test/2010-04-01/Accounts/AC00000000000000000000000000000001/"
            "IncomingPhoneNumbers.json?PhoneNumber=%2B15550001111");
  EXPECT_EQ(adapter().compose_probe(credentials("MG1"))->url,
            "https://api.twilio.test/2010-04-01/Accounts/AC00000000000000000000000000000001.json");
}

TEST(SmsMedia, AreFetchedAsTheAccountFromTwilioOnly) {
  MediaSource source;
  source.url = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1";
  source.authorised = true;
  const MediaTarget target = adapter().media_target(source, credentials());
  EXPECT_EQ(target.url, source.url);
  ASSERT_EQ(target.headers.size(), 1u);
  EXPECT_EQ(target.headers[0].second,
            "Basic " + to_base64("AC00000000000000000000000000000001:token"));
  EXPECT_EQ(target.header_hosts, std::vector<std::string>{"twilio.com"});
  source.authorised = false;
  EXPECT_TRUE(adapter().media_target(source, credentials()).headers.empty());
}

TEST(SmsLookup, AsksForWhatWasSentSinceTheDayItWasMade) {
  OutboundMessage made = message("x");
  made.message_id = format_id(IdType::message, new_id(1790000000000));
  const auto call = adapter().compose_lookup(made, credentials());
  ASSERT_TRUE(call);
  EXPECT_EQ(call->method, "GET");
  EXPECT_NE(call->url.find("/Messages.json?To=%2B15557654321&From=%2B15550001111&"
                           "DateSent%3E=2026-09-21"),
            std::string::npos)
      << call->url;
}

TEST(SmsCompose, NumberedChoicesAreKnownByTheirNumber) {
  OutboundMessage m = message("Welcome");
  m.quick_replies.emplace_back().set_title("Opening hours");
  m.buttons.emplace_back().set_title("Map");
  m.buttons.back().set_url("https://shop.test/map");
  m.buttons.emplace_back().set_title("Large");
  m.buttons.back().set_payload("L");
  auto& row = *m.list.emplace().add_sections()->add_rows();
  row.set_title("Cake");
  row.set_id("cake");
  const auto choices = adapter().numbered_choices(m);
  ASSERT_EQ(choices.size(), 3u);
  EXPECT_EQ(choices[0].payload(), "Opening hours");
  EXPECT_EQ(choices[1].payload(), "L");
  EXPECT_EQ(choices[2].payload(), "cake");
  const std::string text = outgoing_of(m).texts.at(0);
  for (std::size_t i = 0; i < choices.size(); ++i)
    EXPECT_NE(text.find(std::to_string(i + 1) + ". " + choices[i].title()), std::string::npos);
}

}  // namespace
}  // namespace aura::net::sms
