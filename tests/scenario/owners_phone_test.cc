// A number that is used in the owner's phone app too (coexistence): what the owner writes there,
// the address book and the history.
#include "tests/scenario/whatsapp_story.h"

namespace aura::test {
namespace {

std::string phone_echo(const std::string& id, const std::string& ids) {
  return R"("message_echoes":[{"from":"15550001111",)" + ids + R"(,"id":")" + id +
         R"(","timestamp":"1790000000","type":"text","text":{"body":"on my way"}}])";
}

// The owner writes first, from the phone.
TEST_F(WhatsAppStory, WhomTheOwnerWritesToIsKnownByBothIds) {
  const std::string both = R"("to":"15557654321","to_user_id":"US.9")";
  for (const bool known_by_number : {false, true}) {
    begin();
    if (known_by_number) text("wamid.0", "15557654321", "");
    deliver("smb_message_echoes", messages_value(phone_echo("wamid.E", both)));
    ASSERT_EQ(conversations().size(), 1u);
    EXPECT_EQ(conversations()[0].contact().identities_size(), 2) << known_by_number;
    EXPECT_EQ(conversations()[0].contact().phone(), "+15557654321");
    start();
    text("wamid.1", "15557654321", "");
    text("wamid.2", "", "US.9");
    EXPECT_EQ(conversations().size(), 1u);
  }
}

TEST_F(WhatsAppStory, AStatusByNumberWaitsForTheEchoOfANewPerson) {
  const std::string status =
      R"("statuses":[{"id":"wamid.E","status":"read","timestamp":"1790000005","recipient_id":"15557654321"}])";
  const std::string echo = phone_echo("wamid.E", R"("to":"15557654321","to_user_id":"US.9")");
  for (const bool status_first : {true, false}) {
    for (const bool crash_between : {false, true}) {
      begin();
      if (status_first) messages(status);
      EXPECT_EQ(world_->count(Family::external), status_first ? 1u : 0u);
      if (crash_between) start();
      deliver("smb_message_echoes", messages_value(echo));
      if (crash_between) start();
      if (!status_first) messages(status);
      ASSERT_EQ(conversations().size(), 1u);
      EXPECT_EQ(conversations()[0].last_message().status(), api::MESSAGE_STATUS_READ)
          << status_first << crash_between;
    }
  }
}

// At an import the address book comes before the history.
TEST_F(WhatsAppStory, TheAddressBookNamesWhoIsInTheHistory) {
  const std::string book =
      R"({"state_sync":[{"type":"contact","contact":{"full_name":"Ada from school","phone_number":"+1 555 765 4321"},"action":"add","metadata":{"timestamp":"1790000000"}},)"
      R"({"type":"contact","contact":{"full_name":"Never Wrote","phone_number":"+1 555 765 0000"},"action":"add","metadata":{"timestamp":"1790000000"}}],)"
      R"("metadata":{"display_phone_number":"15550001111","phone_number_id":"440000000000001"}})";
  const std::string history =
      R"("history":[{"threads":[{"id":"15557654321","messages":[{"from":"15557654321","id":"wamid.1","timestamp":"1780000000","type":"text","text":{"body":"old"}}]}]}])";
  deliver("smb_app_state_sync", book);
  EXPECT_TRUE(conversations().empty());
  EXPECT_TRUE(naming("Never Wrote").empty());
  deliver("history", messages_value(history));
  ASSERT_EQ(conversations().size(), 1u);
  EXPECT_EQ(conversations()[0].contact().name(), "Ada from school");
  messages(R"("contacts":[{"profile":{"name":"Ada"},"wa_id":"15557654321"}],)" +
           text_members("wamid.2", "15557654321", ""));
  EXPECT_EQ(conversations()[0].contact().name(), "Ada from school") << "the owner's name stays";
}

// Such a number may send 20 messages a second, others 80 (whatsapp-cloud.md, 5).
TEST_F(WhatsAppStory, ANumberThatThePhoneAppUsesSendsSlower) {
  for (const char* field : {"", "smb_message_echoes", "history", "smb_app_state_sync"}) {
    begin();
    const bool tells = *field != '\0';
    if (tells)
      deliver(field, messages_value(R"("message_echoes":[],"history":[],"state_sync":[])"));
    if (tells)
      deliver(field, messages_value(R"("message_echoes":[],"history":[],"state_sync":[])"));
    EXPECT_EQ(channel(workspace_, channel_).phone_app(), tells) << field;
    EXPECT_EQ(channel(workspace_, channel_).notices_size(), tells ? 1 : 0) << field;
    start();
    for (int i = 0; i < 60; ++i)
      text("wamid." + std::to_string(i), "1555765" + std::to_string(1000 + i), "");
    const auto sends = [&] {
      return std::ranges::count_if(provider_.bodies, [](const std::string& body) {
        return body.find(R"("type":"text")") != std::string::npos;
      });
    };
    for (int i = 0; i < 100; ++i) {  // they are answered, and the account has rested
      world_->advance(100);
      world_->settle();
    }
    provider_.bodies.clear();
    for (const auto& one : conversations()) {
      api::MessageInput input;
      input.set_text("Open today");
      (void)world_->ask<api::Message>([&](auto reply) {
        world_->host().commands().send_message(
            workspace_, *parse_id(IdType::conversation, one.id()), input, {}, std::move(reply));
      });
    }
    world_->settle();
    for (int i = 1; i < 100; ++i) {
      world_->advance(10);
      world_->settle();
    }
    if (tells) {
      EXPECT_LE(sends(), 20) << field;
      EXPECT_GE(sends(), 15) << field;
    } else {
      EXPECT_GT(sends(), 40);
    }
  }
}

}  // namespace
}  // namespace aura::test
