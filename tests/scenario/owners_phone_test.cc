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

}  // namespace
}  // namespace aura::test
