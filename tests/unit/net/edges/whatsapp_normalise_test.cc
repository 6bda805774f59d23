// WhatsApp's messages: sender, subject and origin.
#include "net/providers/whatsapp/normalise.h"
#include "net/signature.h"
#include "whatsapp_bodies.h"

namespace aura::net::whatsapp {
namespace {

using Kind = ChannelEvent::Kind;

TEST(WhatsAppNormalise, Text) {
  const ChannelEvent e = single(message(R"("type":"text","text":{"body":"hello"})"));
  EXPECT_EQ(e.kind, Kind::message);
  EXPECT_EQ(e.external_id, "wamid.T1");
  EXPECT_EQ(e.thread, "US.900000000000000001");
  EXPECT_EQ(e.at, 1790000000000);
  EXPECT_EQ(e.text, "hello");
  EXPECT_EQ(e.contact_name, "Ada");
  EXPECT_EQ(identity(e, "wa_id"), "15557654321");
  EXPECT_EQ(identity(e, "bsuid"), "US.900000000000000001");
  EXPECT_EQ(identity(e, "username"), "ada.l");
  EXPECT_FALSE(e.echo || e.standby || e.forwarded || e.imported);
  EXPECT_TRUE(e.reply_to.empty());
}

// The signed body of the protocol's test vector V3, byte for byte.
TEST(WhatsAppNormalise, SignatureVector) {
  constexpr std::string_view kBody =
      R"({"object":"whatsapp_business_account","entry":[{"id":"330000000000001","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550001111","phone_number_id":"440000000000001"},"contacts":[{"profile":{"name":"Ada"},"wa_id":"15557654321","user_id":"US.900000000000000001"}],"messages":[{"from":"15557654321","from_user_id":"US.900000000000000001","id":"wamid.HBgLMTU1NTc2NTQzMjEVAgASGBQA","timestamp":"1790000000","type":"text","text":{"body":"hi"}}]},"field":"messages"}]}]})";
  ASSERT_EQ(kBody.size(), 506u);
  const HmacSha256 secret("test_app_secret_0123456789abcdef");
  EXPECT_TRUE(secret.verify_hex(
      kBody, "sha256=f8467770d2cef00d51c3f3cbbebf697070bba425b915769c42b22d58b0e5ef90"));
  const auto items = slice_meta_body(kBody);
  ASSERT_TRUE(items.has_value());
  ASSERT_EQ(items->size(), 1u);
  EXPECT_EQ(items->front().account, "440000000000001");
  EXPECT_EQ(single(adapter().normalise(items->front().payload)).text, "hi");
}

TEST(WhatsAppNormalise, OneItemOfManyPeopleGivesAnEventEach) {
  const Normalised n = value(
      R"("contacts":[{"profile":{"name":"Ada"},"wa_id":"1","user_id":"US.1"},{"profile":{"name":"Bob"},"wa_id":"2","user_id":"US.2"}],)"
      R"("messages":[{"from":"2","id":"wamid.A","timestamp":"1","type":"text","text":{"body":"b"}},)"
      R"({"from_user_id":"US.1","id":"wamid.B","timestamp":"2","type":"text","text":{"body":"a"}}],)"
      R"("statuses":[{"id":"wamid.O","status":"read","timestamp":"3","recipient_id":"2"}],)"
      R"("errors":[{"code":130429,"title":"Rate limit hit"}])");
  ASSERT_EQ(n.events.size(), 4u);
  EXPECT_EQ(n.events[0].thread, "US.2");
  EXPECT_EQ(n.events[0].contact_name, "Bob");
  EXPECT_EQ(n.events[1].thread, "US.1");
  EXPECT_EQ(identity(n.events[1], "wa_id"), "1");
  EXPECT_EQ(n.events[2].kind, Kind::status);
  EXPECT_EQ(n.events[2].thread, "US.2");
  EXPECT_EQ(n.events[3].kind, Kind::account);
}

TEST(WhatsAppNormalise, ThreadIsTheUserIdElseTheNumber) {
  const auto thread = [](const std::string& ids, const std::string& contacts) {
    return single(value("\"contacts\":" + contacts + ",\"messages\":[{" + ids +
                        R"("id":"wamid.T","timestamp":"1","type":"text","text":{"body":"x"}}])"))
        .thread;
  };
  EXPECT_EQ(thread(R"("from":"15557654321",)", "[]"), "15557654321");
  EXPECT_EQ(thread(R"("from":15557654321,)", "[]"), "15557654321");
  EXPECT_EQ(thread(R"("from_user_id":"US.9",)", "[]"), "US.9");
  EXPECT_EQ(thread(R"("from":"15557654321",)", R"([{"wa_id":"15557654321","user_id":"US.9"}])"),
            "US.9");
  EXPECT_EQ(thread(R"("from":"15557654321",)", R"([{"user_id":"US.9"}])"), "US.9");
  // The contact has another wa_id, so its user_id is not the sender's.
  EXPECT_EQ(thread(R"("from":"15557654321",)", R"([{"wa_id":"49","user_id":"US.9"}])"),
            "15557654321");
  EXPECT_EQ(thread(R"("from":"1",)", R"([{"user_id":"US.8"},{"user_id":"US.9"}])"), "1");
}

TEST(WhatsAppNormalise, ContactMergeVectorNamesBothIds) {
  const ChannelEvent a = single(value(
      R"("contacts":[{"profile":{"name":"Ada"},"wa_id":"15557654321","user_id":"US.9"}],"messages":[{"from":"15557654321","from_user_id":"US.9","id":"wamid.A","timestamp":"1","type":"text","text":{"body":"a"}}])"));
  const ChannelEvent b = single(value(
      R"("contacts":[{"profile":{"name":"Ada"},"user_id":"US.9"}],"messages":[{"from_user_id":"US.9","id":"wamid.B","timestamp":"2","type":"text","text":{"body":"b"}}])"));
  EXPECT_EQ(a.thread, b.thread);
  const ChannelEvent c = single(value(
      R"("messages":[{"from":"15557654321","id":"wamid.C","timestamp":"3","type":"system","system":{"body":"Ada changed","type":"user_changed_number","wa_id":"15559990000"}}])"));
  EXPECT_EQ(c.kind, Kind::identity);
  EXPECT_EQ(c.target_id, "15557654321");
  EXPECT_EQ(identity(c, "wa_id"), "15559990000");
  EXPECT_EQ(c.text, "Ada changed");
}

TEST(WhatsAppNormalise, TheIdOfTheParentPortfolioIsAnIdToo) {
  for (
      const char* members :
      {R"("messages":[{"from_user_id":"US.9","from_parent_user_id":"US.ENT.7","id":"wamid.A","timestamp":"1","type":"text","text":{"body":"a"}}])",
       R"("contacts":[{"user_id":"US.9","parent_user_id":"US.ENT.7"}],"messages":[{"from_user_id":"US.9","id":"wamid.A","timestamp":"1","type":"text","text":{"body":"a"}}])"}) {
    const ChannelEvent e = single(value(members));
    EXPECT_EQ(e.thread, "US.9");
    EXPECT_EQ(identity(e, "parent_bsuid"), "US.ENT.7");
  }
}

TEST(WhatsAppNormalise, ANewNumberMayHaveItsOlderName) {
  const ChannelEvent e = single(value(
      R"("messages":[{"from":"1","id":"wamid.S","timestamp":"3","type":"system","system":{"type":"user_changed_number","new_wa_id":"2"}}])"));
  EXPECT_EQ(e.target_id, "1");
  EXPECT_EQ(identity(e, "wa_id"), "2");
}

TEST(WhatsAppNormalise, ReactionAndItsRemoval) {
  const ChannelEvent e =
      single(message(R"("type":"reaction","reaction":{"message_id":"wamid.O","emoji":"👍"})"));
  EXPECT_EQ(e.kind, Kind::reaction);
  EXPECT_EQ(e.external_id, "reaction:wamid.T1");
  EXPECT_EQ(e.target_id, "wamid.O");
  EXPECT_EQ(e.emoji, "👍");
  EXPECT_TRUE(e.actor.empty()) << "the contact, by whichever id";
  for (const char* removed :
       {R"({"message_id":"wamid.O"})", R"({"message_id":"wamid.O","emoji":""})"}) {
    const ChannelEvent r =
        single(message(std::string(R"("type":"reaction","reaction":)") + removed));
    EXPECT_EQ(r.kind, Kind::reaction);
    EXPECT_TRUE(r.emoji.empty());
  }
  EXPECT_FALSE(message(R"("type":"reaction","reaction":{})").not_understood.empty());
}

TEST(WhatsAppNormalise, SystemMessages) {
  ChannelEvent e = single(value(
      R"("messages":[{"from":"1","from_user_id":"US.1","id":"wamid.S","timestamp":"3","type":"system","system":{"type":"user_changed_user_id","body":"b","user_id":"US.2"}}])"));
  EXPECT_EQ(e.kind, Kind::identity);
  EXPECT_EQ(e.thread, "US.1");
  EXPECT_EQ(e.target_id, "US.1");
  EXPECT_EQ(identity(e, "bsuid"), "US.2");
  EXPECT_EQ(identity(e, "wa_id"), "1");
  e = single(value(
      R"("messages":[{"from":"1","id":"wamid.S","timestamp":"3","type":"system","system":{"type":"user_changed_number","wa_id":"2","user_id":"US.2"}}])"));
  EXPECT_EQ(e.target_id, "1");
  EXPECT_EQ(identity(e, "wa_id"), "2");
  EXPECT_EQ(identity(e, "bsuid"), "US.2");
  e = single(value(
      R"("messages":[{"from":"1","from_user_id":"US.1","id":"wamid.S","timestamp":"3","type":"system","system":{"type":"user_changed_number","wa_id":"2"}}])"));
  EXPECT_EQ(identity(e, "wa_id"), "2");
  EXPECT_TRUE(identity(e, "bsuid").empty());  // the old user id ended with the old number
  e = single(value(
      R"("messages":[{"from":"1","id":"wamid.S","timestamp":"3","type":"system","system":{"type":"customer_identity_changed","body":"Security code changed"}}])"));
  EXPECT_EQ(e.kind, Kind::identity);
  EXPECT_TRUE(e.target_id.empty());
  EXPECT_EQ(e.payload, "customer_identity_changed");
  EXPECT_EQ(e.text, "Security code changed");
  // System messages have no contacts of their own: a contact in the same value is not the sender.
  e = single(value(
      R"("contacts":[{"user_id":"US.7"}],"messages":[{"from":"1","id":"wamid.S","timestamp":"3","type":"system","system":{"type":"user_changed_number","wa_id":"2"}}])"));
  EXPECT_EQ(e.thread, "1");
}

TEST(WhatsAppNormalise, EditAndRevoke) {
  ChannelEvent e = single(message(
      R"("type":"edit","edit":{"original_message_id":"wamid.T0","message":{"type":"text","text":{"body":"new"}}})"));
  EXPECT_EQ(e.kind, Kind::edit);
  EXPECT_EQ(e.target_id, "wamid.T0");
  EXPECT_EQ(e.text, "new");
  EXPECT_EQ(e.edit_number, 1790000000u);  // the timestamp: the latest edit wins
  e = single(message(
      R"("type":"edit","edit":{"original_message_id":"wamid.T0","message":{"type":"image","image":{"id":"1","caption":"new"}}})"));
  EXPECT_EQ(e.text, "new");
  e = single(message(R"("type":"revoke","revoke":{"original_message_id":"wamid.T0"})"));
  EXPECT_EQ(e.kind, Kind::unsend);
  EXPECT_EQ(e.target_id, "wamid.T0");
  EXPECT_NE(e.external_id, "wamid.T0");
  EXPECT_FALSE(message(R"("type":"revoke")").not_understood.empty());
}

TEST(WhatsAppNormalise, Context) {
  const auto with = [](const std::string& context) {
    return single(message("\"context\":" + context + R"(,"type":"text","text":{"body":"x"})"));
  };
  EXPECT_EQ(with(R"({"from":"15550001111","id":"wamid.T0"})").reply_to, "wamid.T0");
  EXPECT_TRUE(with(R"({"forwarded":true})").forwarded);
  EXPECT_TRUE(with(R"({"frequently_forwarded":true})").forwarded);
  const ChannelEvent e = with(
      R"({"from":"1","id":"wamid.T0","referred_product":{"catalog_id":"c1","product_retailer_id":"sku1"}})");
  EXPECT_EQ(e.reply_to, "wamid.T0");
  ASSERT_EQ(e.attachments.size(), 1u);
  EXPECT_EQ(e.attachments[0].type(), "product");
  EXPECT_EQ(e.attachments[0].product_id(), "sku1");
  EXPECT_EQ(e.media.size(), 1u);
}

TEST(WhatsAppNormalise, Referral) {
  ChannelEvent e = single(message(
      R"("referral":{"source_url":"https://fb.me/x","source_id":"6","source_type":"ad","headline":"Cakes","body":"Fresh","media_type":"image","image_url":"https://i.test","ctwa_clid":"clid","welcome_message":{"text":"Hi!"}},"type":"text","text":{"body":"x"})"));
  ASSERT_TRUE(e.referral.has_value());
  EXPECT_EQ(e.referral->source(), "ad");
  EXPECT_EQ(e.referral->ad_id(), "6");
  EXPECT_EQ(e.referral->title(), "Cakes");
  EXPECT_EQ(e.referral->url(), "https://fb.me/x");
  EXPECT_EQ(e.referral->click_id(), "clid");
  EXPECT_EQ(e.referral->ref(), "Hi!");
  EXPECT_EQ(e.referral->text(), "Fresh");
  EXPECT_EQ(e.referral->image_url(), "https://i.test");
  e = single(message(
      R"("referral":{"source_type":"post","body":"Fresh"},"type":"text","text":{"body":"x"})"));
  EXPECT_EQ(e.referral->source(), "post");
  EXPECT_EQ(e.referral->title(), "Fresh");
  EXPECT_FALSE(e.referral->has_click_id());
  e = single(message(
      R"("referral":{"source_type":"ad","media_type":"video","video_url":"https://v.test","thumbnail_url":"https://t.test"},"type":"text","text":{"body":"x"})"));
  EXPECT_EQ(e.referral->video_url(), "https://v.test");
  EXPECT_EQ(e.referral->image_url(), "https://t.test");
}

TEST(WhatsAppNormalise, GroupMessagesStayInTheGroupAndAreNotAnswered) {
  const ChannelEvent e = single(message(R"("group_id":"G1","type":"text","text":{"body":"x"})"));
  EXPECT_EQ(e.thread, "group:G1");
  EXPECT_TRUE(e.standby);
  ASSERT_EQ(e.identities.size(), 1u);
  EXPECT_EQ(identity(e, "group"), "group:G1");  // a member is not the group
  ASSERT_TRUE(e.sender.has_value());
  EXPECT_EQ(e.sender->external_id(), "US.900000000000000001");
  EXPECT_EQ(e.sender->name(), "Ada");
  EXPECT_TRUE(e.contact_name.empty());
  EXPECT_FALSE(single(message(R"("type":"text","text":{"body":"x"})")).sender.has_value());
  EXPECT_EQ(e.actor, "US.900000000000000001");
}

TEST(WhatsAppNormalise, TheOwnersAddressBookNamesPeople) {
  const Normalised book = value(
      R"("state_sync":[{"type":"contact","contact":{"full_name":"Ada from school","first_name":"Ada","phone_number":"+1 555 765 4321"},"action":"add","metadata":{"timestamp":"1790000000"}},)"
      R"({"type":"contact","contact":{"full_name":"Bob","phone_number":"15550000000"},"action":"remove"},{"type":"label"}])",
      "smb_app_state_sync");
  ASSERT_EQ(book.events.size(), 1u);
  EXPECT_EQ(book.events[0].kind, Kind::name);
  EXPECT_TRUE(book.events[0].name_in_book);
  EXPECT_EQ(book.events[0].thread, "15557654321");
  EXPECT_EQ(book.events[0].contact_name, "Ada from school");
  EXPECT_EQ(book.events[0].at, 1790000000000);
}

TEST(WhatsAppNormalise, MessagesOfTheOwnersPhoneAreEchoes) {
  const auto echo = [](const std::string& rest) {
    return single(value(
        R"("message_echoes":[{"from":"15550001111","to":"15557654321","id":"wamid.E","timestamp":"1790000000",)" +
            rest + "}]",
        "smb_message_echoes"));
  };
  ChannelEvent e = echo(R"("to_user_id":"US.9","type":"text","text":{"body":"on my way"})");
  EXPECT_EQ(e.kind, Kind::message);
  EXPECT_TRUE(e.echo);
  EXPECT_FALSE(e.own_echo);
  EXPECT_EQ(e.thread, "US.9");
  EXPECT_EQ(identity(e, "wa_id"), "15557654321");
  EXPECT_EQ(e.text, "on my way");
  e = echo(R"("type":"revoke","revoke":{"original_message_id":"wamid.E0"})");
  EXPECT_EQ(e.kind, Kind::unsend);
  EXPECT_EQ(e.thread, "15557654321");
  EXPECT_TRUE(e.echo);
  e = echo(R"("type":"reaction","reaction":{"message_id":"wamid.T","emoji":"👍"})");
  EXPECT_EQ(e.actor, "440000000000001");
}

TEST(WhatsAppNormalise, HistoryIsImported) {
  const Normalised n = value(
      R"("history":[{"metadata":{"phase":0,"chunk_order":1,"progress":55},"threads":[{"id":"15557654321","messages":[)"
      R"({"from":"15557654321","id":"wamid.1","timestamp":"1780000000","type":"text","text":{"body":"old"}},)"
      R"({"from":"15550001111","to":"15557654321","id":"wamid.2","timestamp":"1780000001","type":"text","text":{"body":"older"}},)"
      R"({"from":"15550001111","id":"wamid.3","timestamp":"1780000002","type":"text","text":{"body":"x"}}]}]}])",
      "history");
  ASSERT_EQ(n.events.size(), 3u);
  for (const ChannelEvent& e : n.events) {
    EXPECT_TRUE(e.imported && e.standby);
    EXPECT_EQ(e.thread, "15557654321");
  }
  EXPECT_FALSE(n.events[0].echo);
  EXPECT_TRUE(n.events[1].echo);
  EXPECT_TRUE(n.events[2].echo);
  EXPECT_EQ(value(R"("history":[{"errors":[{"code":2593109}]}])", "history").ignored,
            "history_not_shared");
  EXPECT_EQ(value(R"("state_sync":[{"type":"contact"}])", "smb_app_state_sync").ignored,
            "address_book");
}

TEST(WhatsAppNormalise, OddShapesEndSomewhere) {
  EXPECT_FALSE(change("messages", "{}").not_understood.empty());
  EXPECT_FALSE(change("messages", "7").not_understood.empty());
  EXPECT_FALSE(change("hologram", "{\"a\":1}").not_understood.empty());
  EXPECT_FALSE(adapter().normalise("no json").not_understood.empty());
  EXPECT_FALSE(adapter().normalise(R"({"list":"messaging","item":{}})").not_understood.empty());
  EXPECT_EQ(adapter().normalise(R"({"list":"entry","item":{"id":"1"}})").ignored, "empty_entry");
  EXPECT_EQ(adapter().normalise(R"({"list":"changed_fields","item":["x"]})").ignored,
            "values_not_included");
  // A message without an id gets a derived one, so that repetitions are stored once.
  const std::string nameless =
      R"("messages":[{"from":"1","timestamp":"1","type":"text","text":{"body":"x"}}])";
  EXPECT_EQ(single(value(nameless)).external_id, single(value(nameless)).external_id);
  // A message without a sender does not block the others, and is reported as not understood.
  const Normalised n = value(
      R"("messages":[{"id":"wamid.N","type":"text"},{"from":"1","id":"wamid.M","timestamp":"1","type":"text","text":{"body":"x"}}])");
  ASSERT_EQ(n.events.size(), 1u);
  EXPECT_EQ(n.events[0].external_id, "wamid.M");
  EXPECT_FALSE(n.not_understood.empty()) << "the item is kept with what nobody can read of it";
}

// The same phone may appear under either of two numbers.
TEST(WhatsAppNormalise, BrazilAndMexicoAreKnownUnderBothForms) {
  const auto numbers = [](const std::string& from) {
    std::vector<std::string> out;
    const ChannelEvent e =
        single(value(R"("messages":[{"from":")" + from +
                     R"(","id":"wamid.B","timestamp":"2","type":"text","text":{"body":"b"}}])"));
    EXPECT_EQ(e.thread, from) << "as it was given: messages go there";
    for (const auto& identity : e.identities) out.push_back(identity.value);
    return out;
  };
  using Numbers = std::vector<std::string>;
  EXPECT_EQ(numbers("551187654321"), (Numbers{"551187654321", "5511987654321"}));
  EXPECT_EQ(numbers("5511987654321"), (Numbers{"5511987654321"}));
  EXPECT_EQ(numbers("5215512345678"), (Numbers{"5215512345678", "525512345678"}));
  EXPECT_EQ(numbers("15557654321"), (Numbers{"15557654321"}));
}

}  // namespace
}  // namespace aura::net::whatsapp
