// Every kind of Messenger event, with and without its optional parts.
#include <gtest/gtest.h>

#include "meta_events.h"
#include "net/providers/messenger/messenger_adapter.h"
#include "runtime/ids.h"

namespace aura::net::messenger {
namespace {

using Kind = ChannelEvent::Kind;

const MessengerAdapter kAdapter({"https://graph.test", "v25.0", "555", "secret"});

Normalised read(const std::string& element, const std::string& list = "messaging") {
  return page_item(kAdapter, element, list);
}

Normalised event(const std::string& kind, const std::string& list = "messaging") {
  return page_event(kAdapter, kind, list);
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

TEST(MessengerNormalise, TheContactIsNamedByItsPageScopedId) {
  ChannelEvent e = single(event(R"("message":{"mid":"m_1","text":"hello"})"));
  ASSERT_EQ(e.identities.size(), 1u);
  EXPECT_EQ(e.identities[0].kind, "psid");
  EXPECT_EQ(e.identities[0].value, "7001112223");
  e = single(read(R"({"sender":{"id":"1029384756"},"recipient":{"id":"7001112223"},)"
                  R"("message":{"mid":"m_1","text":"a","is_echo":true}})"));
  ASSERT_EQ(e.identities.size(), 1u);
  EXPECT_EQ(e.identities[0].value, "7001112223");
}

TEST(MessengerNormalise, EscapedTextIsDecoded) {
  const ChannelEvent e = single(event(
      R"("message":{"mid":"m_1","text":"caf\u00e9 \ud83d\ude00 https:\/\/example.test\/a"})"));
  EXPECT_EQ(e.text, "café 😀 https://example.test/a");
}

// Text that is not UTF-8 could be stored but not read back.
TEST(MessengerNormalise, HalfOfASurrogatePairIsReplaced) {
  const auto text = [](const std::string& escaped) {
    return single(event(R"("message":{"mid":"m_1","text":")" + escaped + R"("})")).text;
  };
  EXPECT_EQ(text(R"(a \ude00 b)"), "a \uFFFD b");
  EXPECT_EQ(text(R"(a \uD83D b)"), "a \uFFFD b");
  EXPECT_EQ(text(R"(\ud83d\ud83d\ude00\ud83d)"), "\uFFFD😀\uFFFD");
  EXPECT_EQ(text(R"(\\ud83d\\\ud83d\n)"), "\\ud83d\\\uFFFD\n");
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

TEST(MessengerNormalise, UnsupportedAndEmptyMessagesAreShownAsUnsupported) {
  for (const char* body : {R"("message":{"mid":"m_1","is_unsupported":true})",
                           R"("message":{"mid":"m_1","text":"x","is_unsupported":true})",
                           R"("message":{"mid":"m_1"})"}) {
    const ChannelEvent e = single(event(body));
    EXPECT_EQ(e.kind, Kind::unsupported);
    EXPECT_EQ(e.unsupported, "message");
  }
  const ChannelEvent e =
      single(event(R"("message":{"mid":"m_1","attachments":[{"type":"hologram"}]})"));
  EXPECT_EQ(e.kind, Kind::unsupported);
  EXPECT_EQ(e.unsupported, "hologram");
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
  const ChannelEvent e = single(event(
      R"("postback":{"mid":"m_pb1","title":"Menu","payload":"SHOW","referral":{"ref":"qr1"}})"));
  EXPECT_EQ(e.kind, Kind::postback);
  EXPECT_EQ(e.external_id, "m_pb1");
  EXPECT_EQ(e.text, "Menu");
  EXPECT_EQ(e.payload, "SHOW");
  EXPECT_EQ(e.referral->ref(), "qr1");
  EXPECT_EQ(e.referral->source(), "link");
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
  ChannelEvent e =
      single(event(R"("referral":{"ref":"table7","source":"SHORTLINK","type":"OPEN_THREAD",)"
                   R"("referer_uri":"https://example.test"})"));
  EXPECT_EQ(e.kind, Kind::referral);
  EXPECT_EQ(e.payload, "table7");
  EXPECT_EQ(e.referral->source(), "link");
  EXPECT_EQ(e.referral->url(), "https://example.test");
  e = single(
      event(R"("optin":{"type":"notification_messages","notification_messages_token":"tok_1",)"
            R"("payload":"p","title":"Offers","frequency":"DAILY","token_expiry_timestamp":1})"));
  EXPECT_EQ(e.kind, Kind::optin);
  EXPECT_EQ(e.payload, "p");
  ASSERT_TRUE(e.consent.has_value());
  EXPECT_TRUE(e.consent->granted);
  EXPECT_EQ(e.consent->scope, ConsentChange::Scope::marketing);
  e = single(event(
      R"("optin":{"type":"notification_messages","notification_messages_status":"STOP NOTIFICATIONS"})"));
  EXPECT_EQ(e.kind, Kind::consent);
  EXPECT_FALSE(e.consent->granted);
  EXPECT_EQ(e.consent->word, "STOP NOTIFICATIONS");
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
  ChannelEvent e = single(event(R"("app_roles":{"555":["primary_receiver","x"]})"));
  EXPECT_EQ(e.kind, Kind::account);
  EXPECT_EQ(e.account->what, "app_roles");
  EXPECT_EQ(e.account->value, "primary_receiver, x");
  e = single(event(R"("policy_enforcement":{"action":"block","reason":"spam"})"));
  EXPECT_TRUE(e.account->restricted) << "the token is sound";
  EXPECT_EQ(e.kind, Kind::account);
  EXPECT_TRUE(e.thread.empty());
  EXPECT_EQ(e.account->what, "restriction");
  EXPECT_EQ(e.account->value, "block");
  EXPECT_TRUE(e.account->disconnected);
  EXPECT_EQ(e.account->detail, "Facebook has stopped your page from sending messages: spam");
  for (const char* action : {"unblock", "warning"}) {
    e = single(event(std::string(R"("policy_enforcement":{"action":")") + action + "\"}"));
    EXPECT_FALSE(e.account->disconnected);
    EXPECT_EQ(e.account->restored, e.account->value == "unblock");
  }
  EXPECT_EQ(event(R"("account_linking":{"status":"linked"})").ignored, "account_linking");
  EXPECT_EQ(event(R"("response_feedback":{"mid":"m"})").ignored, "response_feedback");
  e = single(event(R"("order":{"products":[]})"));
  EXPECT_EQ(e.kind, Kind::unsupported);
  EXPECT_EQ(e.unsupported, "order");
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
