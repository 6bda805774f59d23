// What a contact is called and which ids it has, whatever the order in which both are told.
#include "actors/conversation/identities.h"

#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

TEST(Names, AUsernameStandsInUntilANameIsToldWhicheverComesFirst) {
  const auto handle = [](const std::string& id, Millis at) {
    ChannelEvent event = text_of(id, at);
    event.contact_name = "ada_user";
    event.name_is_handle = true;
    return event;
  };
  MemoryConversation first;
  first.take(handle("c1", first.now));
  EXPECT_EQ(first.name, "ada_user");
  ChannelEvent profile = event_of(ChannelEvent::Kind::name, "profile:person", first.now - 1000);
  profile.contact_name = "Ada Lovelace";
  first.take(profile);
  EXPECT_EQ(first.name, "Ada Lovelace");
  first.take(handle("c2", first.now + 1000));
  EXPECT_EQ(first.name, "Ada Lovelace");
}

TEST(Identities, AnIdIsOfTheKindThatItLooksLike) {
  const auto kind = [](const std::string& thread) {
    record::ContactBody body;
    conversation::add_identities(body, {}, api::CHANNEL_TYPE_WHATSAPP, thread, {});
    return body.identities(0).kind();
  };
  EXPECT_EQ(kind("15557654321"), "wa_id");
  EXPECT_EQ(kind("US.88"), "bsuid");
}

TEST(Identities, AnAddressIsTheContactsUnlessTheBusinessKnowsAnother) {
  record::ContactBody body;
  const std::vector<ContactIdentity> told{{"email", "ada@shop.example"}};
  conversation::add_identities(body, {}, api::CHANNEL_TYPE_WEBCHAT, "user-1", told);
  EXPECT_EQ(body.email(), "ada@shop.example");
  body.set_email("ada@home.example");
  conversation::add_identities(body, {}, api::CHANNEL_TYPE_WEBCHAT, "user-1", told);
  EXPECT_EQ(body.email(), "ada@home.example");
}

}  // namespace
}  // namespace aura::test
