// The people behind a channel's ids: which person an event belongs to, and contacts that are merged
// into one person.
#include "tests/scenario/channels_fixture.h"

namespace aura::test {
namespace {

class PersonsTest : public ChannelsTest {};

TEST_F(PersonsTest, EventsThatNameOnlyAnotherIdOfThePersonReachTheSameConversation) {
  connect();
  ChannelEvent both = event_of(Kind::message, "m1");
  both.identities = {{"wa_id", "351900"}, {"bsuid", "PT.1"}};
  ChannelEvent hidden = event_of(Kind::message, "m2", "PT.1");
  hidden.identities = {{"bsuid", "PT.1"}};
  deliver({both, hidden});  // the first event is not on disk yet when the second is dispatched
  EXPECT_EQ(messages().size(), 2u);
  crash();
  hidden.external_id = "m3";
  deliver({hidden});
  EXPECT_EQ(messages().size(), 3u);
  EXPECT_EQ(world_->count(Family::conversation), 1u);
  ASSERT_EQ(contacts().size(), 1u);
  ASSERT_EQ(contacts()[0].identities_size(), 2);
  EXPECT_EQ(contacts()[0].identities(1).kind(), "bsuid");
  EXPECT_EQ(world_->count(Family::identity), 2u);
  (void)world_->rows().for_each(Family::identity, {}, [](std::string_view key, std::string_view) {
    EXPECT_EQ(key.find("351900"), std::string_view::npos) << "no number stands in a key";
    return true;
  });
}

TEST_F(PersonsTest, ANewNumberIsTheSamePerson) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  ChannelEvent change = event_of(Kind::identity, "i1");
  change.target_id = "351900";
  change.identities = {{"wa_id", "351911"}};
  deliver({change});
  deliver({event_of(Kind::message, "m2", "351911")});
  EXPECT_EQ(world_->count(Family::conversation), 1u);
  send("Welcome back");
  answer();
  EXPECT_EQ(provider_.calls.back().what, "send 351911");
}

TEST_F(PersonsTest, OnePhoneUnderTwoFormsOfItsNumberIsOnePerson) {
  connect();
  ChannelEvent with_nine = event_of(Kind::message, "m1", "5511987654321");
  with_nine.identities = {{"wa_id", "5511987654321"}};
  ChannelEvent without = event_of(Kind::message, "m2", "551187654321");
  without.identities = {{"wa_id", "551187654321"}, {"wa_id", "5511987654321"}};
  deliver({with_nine});
  crash();
  deliver({without});
  EXPECT_EQ(world_->count(Family::conversation), 1u);
  ASSERT_EQ(contacts().size(), 1u);
}

TEST_F(PersonsTest, ThePhoneOfAContactIsItsNumberUntilAnotherIsGiven) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  ASSERT_EQ(contacts().size(), 1u);
  EXPECT_EQ(contacts()[0].phone(), "+351900");
  api::ContactInput input;
  input.set_phone("+351955");
  ASSERT_TRUE(world_
                  ->ask<api::Contact>([&](auto reply) {
                    world_->host().commands().update_contact(workspace_, contact_of("351900"),
                                                             input, std::move(reply));
                  })
                  .has_value());
  EXPECT_EQ(contacts()[0].phone(), "+351955");
}

// Phone companies assign old numbers to new people.
TEST_F(PersonsTest, AStrangerOnAnOldNumberHasAConversationOfTheirOwn) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  ChannelEvent change = event_of(Kind::identity, "i1");
  change.at = clock_.now_ms() + 1000;
  change.target_id = "351900";
  change.identities = {{"wa_id", "351911"}};
  deliver({change});
  ASSERT_EQ(contacts().size(), 1u);
  ASSERT_EQ(contacts()[0].identities_size(), 1);
  EXPECT_EQ(contacts()[0].identities(0).external_id(), "351911");
  ChannelEvent late = event_of(Kind::message, "m2"), stranger = event_of(Kind::message, "m3");
  late.identities = stranger.identities = {{"wa_id", "351900"}};
  late.at = change.at - 500;
  stranger.at = change.at + 5000;
  deliver({stranger, late});
  ASSERT_EQ(world_->count(Family::conversation), 2u);
  EXPECT_EQ(contacts().size(), 2u);
  crash();
  stranger.external_id = "m4";
  late.external_id = "m5";
  deliver({late, stranger});
  EXPECT_EQ(world_->count(Family::conversation), 2u);
  EXPECT_EQ(messages().size(), 3u) << "the first and the late ones";
}

TEST_F(PersonsTest, ContactsThatAreOnePersonAreShownAsOneUntilThatIsUndone) {
  connect();
  deliver({event_of(Kind::message, "m1", "351900"), event_of(Kind::message, "m2", "351911")});
  const Id from = contact_of("351900"), into = contact_of("351911");
  const auto merged = world_->ask<api::Contact>([&](auto reply) {
    world_->host().commands().merge_contact(workspace_, from, into, {}, std::move(reply));
  });
  ASSERT_TRUE(merged.has_value()) << merged.error().detail;
  EXPECT_EQ(merged->identities_size(), 2);
  ASSERT_EQ(contacts().size(), 1u);
  EXPECT_EQ(contacts()[0].merged_ids(0), format_id(IdType::contact, from));
  EXPECT_EQ(world_->queries().read_conversation(workspace_, conversation()).value().contact().id(),
            format_id(IdType::contact, into));
  const auto nobody = world_->ask<api::Contact>([&](auto reply) {
    world_->host().commands().merge_contact(workspace_, from, Id(), {}, std::move(reply));
  });
  EXPECT_EQ(nobody.error().code, Errc::invalid);
  EXPECT_EQ(contacts().size(), 1u) << "it is not taken for an unmerge";
  const auto cycle = world_->ask<api::Contact>([&](auto reply) {
    world_->host().commands().merge_contact(workspace_, into, from, {}, std::move(reply));
  });
  EXPECT_EQ(cycle.error().code, Errc::conflict);
  const auto undone = world_->ask<api::Contact>([&](auto reply) {
    world_->host().commands().unmerge_contact(workspace_, from, {}, std::move(reply));
  });
  ASSERT_TRUE(undone.has_value());
  EXPECT_EQ(undone->identities_size(), 1);
  EXPECT_EQ(contacts().size(), 2u);
  const auto again = world_->ask<api::Contact>([&](auto reply) {
    world_->host().commands().unmerge_contact(workspace_, from, {}, std::move(reply));
  });
  EXPECT_EQ(again.error().code, Errc::conflict);
}

TEST_F(PersonsTest, AMergeThatIsAskedForTwiceWithItsKeyIsDoneOnce) {
  connect();
  deliver({event_of(Kind::message, "m1", "351900"), event_of(Kind::message, "m2", "351911")});
  const Id from = contact_of("351900"), into = contact_of("351911");
  const auto merge = [&](const char* fingerprint) {
    return world_->ask<api::Contact>([&](auto reply) {
      world_->host().commands().merge_contact(
          workspace_, from, into, Idempotency{std::string(32, 'k'), fingerprint}, std::move(reply));
    });
  };
  ASSERT_TRUE(merge("a").has_value());
  ASSERT_TRUE(world_
                  ->ask<api::Contact>([&](auto reply) {
                    world_->host().commands().unmerge_contact(workspace_, from, {},
                                                              std::move(reply));
                  })
                  .has_value());
  EXPECT_TRUE(merge("a").has_value());
  // The repeated request returned the first result and did not merge again.
  EXPECT_EQ(contacts().size(), 2u);
  EXPECT_EQ(merge("b").error().code, Errc::conflict);
}

}  // namespace
}  // namespace aura::test
