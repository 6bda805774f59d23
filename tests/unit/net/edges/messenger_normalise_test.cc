// Every kind of Messenger event, with and without its optional parts.
#include <gtest/gtest.h>

#include "net/providers/messenger/messenger_adapter.h"
#include "net/webhooks/envelope.h"
#include "runtime/ids.h"

namespace aura::net::messenger {
namespace {

using Kind = ChannelEvent::Kind;

const MessengerAdapter kAdapter({"https://graph.test", "v25.0", "555", "secret"});

// An element of messaging[] as the webhook endpoint hands it on.
Normalised read(const std::string& element, const std::string& list = "messaging") {
  const auto items = slice_meta_body(R"({"object":"page","entry":[{"id":"1029384756","time":)"
                                     R"(1790000000123,")" +
                                     list + "\":[" + element + "]}]}");
  EXPECT_TRUE(items.has_value());
  EXPECT_EQ(items->size(), 1u);
  return kAdapter.normalise(items->front().payload);
}

// The customer 7001112223 to the page, with `kind` as the event's own part.
Normalised event(const std::string& kind, const std::string& list = "messaging") {
  return read(R"({"sender":{"id":"7001112223"},"recipient":{"id":"1029384756"},)"
              R"("timestamp":1790000000001,)" +
                  kind + "}",
              list);
}

ChannelEvent single(const Normalised& normalised) {
  EXPECT_EQ(normalised.events.size(), 1u) << normalised.not_understood << normalised.ignored;
  EXPECT_TRUE(normalised.ignored.empty());
  EXPECT_TRUE(normalised.not_understood.empty());
  if (normalised.events.empty()) return {};
  EXPECT_FALSE(normalised.events[0].external_id.empty());
  return normalised.events[0];
}

TEST(MessengerNormalise, Text) {
  const ChannelEvent e = single(event(R"("message":{"mid":"m_1","text":"hello"})"));
  EXPECT_EQ(e.kind, Kind::message);
  EXPECT_EQ(e.external_id, "m_1");
  EXPECT_EQ(e.thread, "7001112223");
  EXPECT_EQ(e.at, 1790000000001);
  EXPECT_EQ(e.text, "hello");
  EXPECT_FALSE(e.echo);
  EXPECT_FALSE(e.standby);
}

TEST(MessengerNormalise, EscapedTextIsDecoded) {
  const ChannelEvent e = single(event(
      R"("message":{"mid":"m_1","text":"caf\u00e9 \ud83d\ude00 https:\/\/example.test\/a"})"));
  EXPECT_EQ(e.text, "café 😀 https://example.test/a");
}

// What is not UTF-8 could be stored but never read back.
TEST(MessengerNormalise, HalfOfASurrogatePairIsReplaced) {
  const ChannelEvent e = single(event(R"("message":{"mid":"m_1","text":"a \ude00 b"})"));
  EXPECT_EQ(e.text, "a \uFFFD b");
}

TEST(MessengerNormalise, ZeroCharactersOfATextAreKeptThoseOfAnIdAreNot) {
  const ChannelEvent e = single(event(R"("message":{"mid":"m_1","text":"nul\u0000nul"})"));
  EXPECT_EQ(e.text, std::string("nul\0nul", 7));
  EXPECT_FALSE(event(R"("message":{"mid":"m\u0000","text":"a"})").not_understood.empty());
  const std::string huge(100'000, '9');
  EXPECT_FALSE(event(R"("message":{"mid":")" + huge + R"(","text":"a"})").not_understood.empty());
  EXPECT_FALSE(read(R"({"sender":{"id":")" + huge + R"("},"message":{"mid":"m","text":"a"}})")
                   .not_understood.empty());
}

TEST(MessengerNormalise, QuickReplyQuoteAttachmentsAndReferral) {
  const Normalised n = event(
      R"("message":{"mid":"m_2","text":"blue?","quick_reply":{"payload":"BLUE"},)"
      R"("reply_to":{"mid":"m_1","is_self_reply":false},)"
      R"("attachments":[{"type":"image","payload":{"url":"https://cdn.test/i.jpg"}},{"type":"file","payload":{"url":"/rel","title":"a.pdf"}}],)"
      R"("referral":{"ref":"spring","ad_id":"6","source":"ADS"}})");
  ASSERT_EQ(n.events.size(), 2u);
  const ChannelEvent& e = n.events[0];
  EXPECT_EQ(e.payload, "BLUE");
  EXPECT_EQ(e.reply_to, "m_1");
  ASSERT_EQ(e.attachments.size(), 2u);
  EXPECT_EQ(e.attachments[0].type(), "image");
  EXPECT_EQ(e.attachments[0].url(), "https://cdn.test/i.jpg");
  EXPECT_EQ(e.attachments[1].title(), "a.pdf");
  EXPECT_EQ(n.events[1].kind, Kind::referral);
  EXPECT_EQ(n.events[1].payload, "spring");
  EXPECT_NE(n.events[1].external_id, e.external_id);
}

TEST(MessengerNormalise, EveryAttachmentTypeIsKept) {
  for (const char* type : {"image", "audio", "video", "file", "sticker", "fallback", "reel",
                           "ig_reel", "post", "ig_post", "appointment_booking", "template"}) {
    const ChannelEvent e =
        single(event(std::string(R"("message":{"mid":"m_1","attachments":[{"type":")") + type +
                     R"(","payload":null}]})"));
    EXPECT_EQ(e.kind, Kind::message) << type;
    ASSERT_EQ(e.attachments.size(), 1u);
    EXPECT_EQ(e.attachments[0].type(), type);
    EXPECT_FALSE(e.attachments[0].has_url());
    EXPECT_TRUE(e.text.empty());
  }
}

TEST(MessengerNormalise, LocationStickerFallbackAndProduct) {
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
  EXPECT_EQ(e.attachments[2].title(), "Shop");
  EXPECT_EQ(e.attachments[2].url(), "https://l.test");
  EXPECT_EQ(e.attachments[3].title(), "Cake");
  EXPECT_EQ(e.attachments[3].url(), "https://p.test");
  EXPECT_EQ(e.attachments[4].type(), "unknown");
}

TEST(MessengerNormalise, UnsupportedAndEmptyMessagesAreShownAsUnsupported) {
  EXPECT_EQ(single(event(R"("message":{"mid":"m_1","is_unsupported":true})")).kind,
            Kind::unsupported);
  EXPECT_EQ(single(event(R"("message":{"mid":"m_1"})")).kind, Kind::unsupported);
}

TEST(MessengerNormalise, EchoOfOurAppAndOfAPerson) {
  const std::string frame =
      R"({"sender":{"id":"1029384756"},"recipient":{"id":"7001112223"},"timestamp":1790000000001,)";
  const std::string message_id = format_id(IdType::message, new_id(1790000000000));
  ChannelEvent e = single(read(
      frame +
      R"("message":{"mid":"m_o","is_echo":true,"app_id":555,"metadata":"other","text":"a"}})"));
  EXPECT_TRUE(e.echo);
  EXPECT_TRUE(e.own_echo);
  EXPECT_EQ(e.thread, "7001112223");
  EXPECT_EQ(e.metadata, "");
  e = single(read(frame + R"("message":{"mid":"m_o","is_echo":true,"metadata":")" + message_id +
                  R"(","text":"a"}})"));
  EXPECT_TRUE(e.own_echo);
  EXPECT_EQ(e.metadata, message_id);
  e = single(read(
      frame + R"("message":{"mid":"m_o","is_echo":true,"app_id":"263902037430900","text":"a"}})"));
  EXPECT_TRUE(e.echo);
  EXPECT_FALSE(e.own_echo);
  e = single(read(frame + R"("message":{"mid":"m_o","is_echo":true,"text":"a"}})"));
  EXPECT_FALSE(e.own_echo);
}

TEST(MessengerNormalise, NumericIdsAndSeconds) {
  const ChannelEvent e =
      single(read(R"({"sender":{"id":70011122230000000001},"recipient":{"id":1029384756},)"
                  R"("timestamp":1790000000,"message":{"mid":"m_1","text":"a"}})"));
  EXPECT_EQ(e.thread, "70011122230000000001");
  EXPECT_EQ(e.at, 1790000000000);
}

TEST(MessengerNormalise, WithoutItsOwnTimeTheEntrysCounts) {
  const ChannelEvent e = single(
      read(R"({"sender":{"id":"7"},"recipient":{"id":"1"},"message":{"mid":"m_1","text":"a"}})"));
  EXPECT_EQ(e.at, 1790000000123);
}

TEST(MessengerNormalise, EditAndUnsend) {
  for (const char* number : {"2", "\"2\""}) {
    const ChannelEvent e = single(event(
        std::string(R"("message_edit":{"mid":"m_1","text":"red?","num_edit":)") + number + "}"));
    EXPECT_EQ(e.kind, Kind::edit);
    EXPECT_EQ(e.external_id, "edit:m_1:2");
    EXPECT_EQ(e.target_id, "m_1");
    EXPECT_EQ(e.edit_number, 2u);
    EXPECT_EQ(e.text, "red?");
  }
  EXPECT_EQ(single(event(R"("message_edit":{"mid":"m_1","text":"x"})")).edit_number, 1u);
  const ChannelEvent e = single(event(R"("message":{"mid":"m_1","is_deleted":true})"));
  EXPECT_EQ(e.kind, Kind::unsend);
  EXPECT_EQ(e.target_id, "m_1");
  EXPECT_EQ(e.external_id, "delete:m_1");
}

TEST(MessengerNormalise, Postback) {
  Normalised n = event(
      R"("postback":{"mid":"m_pb1","title":"Menu","payload":"SHOW","referral":{"ref":"qr1"}})");
  ASSERT_EQ(n.events.size(), 2u);
  EXPECT_EQ(n.events[0].kind, Kind::postback);
  EXPECT_EQ(n.events[0].external_id, "m_pb1");
  EXPECT_EQ(n.events[0].text, "Menu");
  EXPECT_EQ(n.events[0].payload, "SHOW");
  EXPECT_EQ(n.events[1].payload, "qr1");
  const ChannelEvent a = single(event(R"("postback":{"title":"A","payload":"A"})"));
  const ChannelEvent b = single(event(R"("postback":{"title":"B","payload":"B"})"));
  EXPECT_NE(a.external_id, b.external_id);
  EXPECT_EQ(a.external_id, single(event(R"("postback":{"title":"A","payload":"A"})")).external_id);
  const ChannelEvent seen = single(event(R"("postback":{"mid":"m","title":"A"})", "standby"));
  EXPECT_TRUE(seen.standby);
  EXPECT_TRUE(seen.payload.empty());
}

TEST(MessengerNormalise, Reactions) {
  ChannelEvent e = single(
      event(R"("reaction":{"mid":"m_1","action":"react","reaction":"love","emoji":"\u2764"})"));
  EXPECT_EQ(e.kind, Kind::reaction);
  EXPECT_EQ(e.target_id, "m_1");
  EXPECT_EQ(e.emoji, "❤");
  EXPECT_EQ(e.actor, "7001112223");
  EXPECT_EQ(e.external_id, "reaction:m_1:7001112223:react:❤:1790000000001");
  e = single(event(R"("reaction":{"mid":"m_1","action":"unreact"})"));
  EXPECT_TRUE(e.emoji.empty());
  for (const char* name :
       {"smile", "angry", "sad", "wow", "love", "like", "dislike", "other", "new"}) {
    e = single(event(std::string(R"("reaction":{"mid":"m_1","action":"react","reaction":")") +
                     name + "\"}"));
    EXPECT_FALSE(e.emoji.empty()) << name;
  }
}

TEST(MessengerNormalise, ReadAndDelivery) {
  ChannelEvent e = single(event(R"("read":{"watermark":1790000000999})"));
  EXPECT_EQ(e.kind, Kind::read);
  EXPECT_EQ(e.watermark, 1790000000999);
  EXPECT_EQ(e.external_id, "read:7001112223:1790000000999");
  e = single(event(R"("read":{"mid":"m_1"})"));
  EXPECT_EQ(e.target_id, "m_1");
  EXPECT_EQ(e.external_id, "seen:7001112223:m_1");
  const Normalised n = event(R"("delivery":{"mids":["m_out1",7],"watermark":"1790000000888"})");
  ASSERT_EQ(n.events.size(), 3u);
  EXPECT_EQ(n.events[0].target_id, "m_out1");
  EXPECT_EQ(n.events[1].target_id, "7");
  EXPECT_EQ(n.events[2].watermark, 1790000000888);
  EXPECT_EQ(n.events[2].external_id, "delivery:7001112223:1790000000888");
  for (const ChannelEvent& delivery : n.events) EXPECT_EQ(delivery.kind, Kind::delivery);
  EXPECT_EQ(event(R"("delivery":{"watermark":1790000000888})").events.size(), 1u);
}

TEST(MessengerNormalise, ReferralAndOptin) {
  ChannelEvent e = single(event(R"("referral":{"ref":"table7","source":"SHORTLINK"})"));
  EXPECT_EQ(e.kind, Kind::referral);
  EXPECT_EQ(e.payload, "table7");
  e = single(event(
      R"("optin":{"type":"notification_messages","payload":"p","token_expiry_timestamp":1})"));
  EXPECT_EQ(e.kind, Kind::optin);
  EXPECT_EQ(e.payload, "p");
  EXPECT_EQ(single(event(R"("optin":{"ref":"X"})")).payload, "X");
  EXPECT_FALSE(read(R"({"sender":{"user_ref":"u"},"optin":{"user_ref":"u"}})").ignored.empty());
}

TEST(MessengerNormalise, ThreadControl) {
  ChannelEvent e = single(
      event(R"("pass_thread_control":{"previous_owner_app_id":"111","new_owner_app_id":555})"));
  EXPECT_EQ(e.kind, Kind::handover);
  EXPECT_FALSE(e.thread_external);
  e = single(event(R"("pass_thread_control":{"new_owner_app_id":"222"})"));
  EXPECT_TRUE(e.thread_external);
  e = single(event(R"("take_thread_control":{"new_owner_app_id":"222"})"));
  EXPECT_TRUE(e.thread_external);
  EXPECT_EQ(event(R"("request_thread_control":{"requested_owner_app_id":"2"})").ignored,
            "request_thread_control");
}

TEST(MessengerNormalise, StandbyIsMarked) {
  const ChannelEvent e = single(event(R"("message":{"mid":"m_1","text":"a"})", "standby"));
  EXPECT_TRUE(e.standby);
  EXPECT_EQ(e.kind, Kind::message);
}

TEST(MessengerNormalise, AccountEventsAndKnownOnesWithoutAction) {
  EXPECT_EQ(single(event(R"("app_roles":{"111":["primary_receiver"]})")).kind, Kind::account);
  const ChannelEvent e =
      single(event(R"("policy_enforcement":{"action":"block","reason":"spam"})"));
  EXPECT_EQ(e.kind, Kind::account);
  EXPECT_EQ(e.error_code, "block");
  EXPECT_EQ(event(R"("account_linking":{"status":"linked"})").ignored, "account_linking");
  EXPECT_EQ(event(R"("response_feedback":{"mid":"m"})").ignored, "response_feedback");
  EXPECT_EQ(single(event(R"("order":{"products":[]})")).kind, Kind::unsupported);
  EXPECT_EQ(read(R"({"field":"feed","value":{"item":"comment"}})", "changes").ignored, "page_feed");
}

TEST(MessengerNormalise, WhatIsNotUnderstoodSaysWhy) {
  for (const char* kind :
       {R"("game_play":{})", R"("message":{"text":"no mid"})", R"("message":7)", R"("message":[])",
        R"("message_edit":{"text":"x"})", R"("message_edit":{"mid":"m","num_edit":-5})",
        R"("postback":"x")", R"("reaction":{"mid":"m"})", R"("reaction":{"action":"react"})",
        R"("reaction":{"mid":"m","action":"hug"})", R"("read":{})", R"("delivery":{"mids":[]})",
        R"("read":{"watermark":"soon"})", R"("referral":5)"}) {
    const Normalised n = event(kind);
    EXPECT_TRUE(n.events.empty()) << kind;
    EXPECT_FALSE(n.not_understood.empty()) << kind;
  }
  for (const char* element : {"7", "null", "\"x\"", "[]", "{}", R"({"message":{"mid":"m_1"}})",
                              R"({"sender":{},"message":{"mid":"m","text":"a"}})",
                              R"({"sender":"7","read":{"watermark":1790000000999}})"}) {
    EXPECT_FALSE(read(element).not_understood.empty()) << element;
  }
  EXPECT_FALSE(read(R"({"field":"moon"})", "changes").not_understood.empty());
}

TEST(MessengerNormalise, WholeEntriesAndBodies) {
  auto whole = [](const char* body) {
    return kAdapter.normalise(slice_meta_body(body)->front().payload);
  };
  EXPECT_EQ(whole(R"({"object":"page","entry":[{"id":"1","messaging":[]}]})").ignored,
            "empty_entry");
  EXPECT_FALSE(whole(R"({"object":"page","entry":[{"id":"1","x":1}]})").not_understood.empty());
  EXPECT_FALSE(whole(R"({"object":"page"})").not_understood.empty());
  EXPECT_EQ(whole(R"({"object":"page","entry":[{"id":"1","changed_fields":["a"]}]})").ignored,
            "values_not_included");
}

TEST(MessengerNormalise, GarbagePayloadsNeverCrash) {
  const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
  for (const std::string& payload :
       {std::string(), std::string("{"), std::string("null"), deep, std::string(5, '\0'),
        R"({"list":"messaging","item":)" + deep + "}", std::string("\xff\xfe")}) {
    EXPECT_FALSE(kAdapter.normalise(payload).not_understood.empty());
  }
}

}  // namespace
}  // namespace aura::net::messenger
