// Messages of kinds that were unsupported when they arrived, and a later version that understands
// them.
#include "config/limits.h"
#include "tests/scenario/channels_fixture.h"

namespace aura::test {
namespace {

class ProjectionTest : public ChannelsTest {
 protected:
  ChannelEvent poll(const std::string& id, const std::string& thread = "351900") {
    ChannelEvent event = event_of(Kind::unsupported, id, thread);
    event.unsupported = "poll";
    event.standby = true;  // nobody is called to it
    return event;
  }
  ChannelEvent understood(const std::string& id, const std::string& thread = "351900") {
    ChannelEvent event = event_of(Kind::message, id, thread);
    event.text = "Which day suits you?";
    event.payload = "poll";
    return event;
  }
};

TEST_F(ProjectionTest, IsShownByItsKindAndReadAnewByAVersionThatUnderstandsIt) {
  connect();
  const std::string item = deliver({poll("p1")});
  EXPECT_EQ(last().unsupported(), "poll");
  crash();
  pass(2000);
  EXPECT_EQ(last().unsupported(), "poll") << "the same version knows no more";
  const std::string id = last().id();
  channel_.learn(item, {understood("p1")});
  crash();
  pass(2000);
  EXPECT_EQ(last().id(), id);
  EXPECT_EQ(last().text(), "Which day suits you?");
  EXPECT_FALSE(last().has_unsupported());
  EXPECT_EQ(messages().size(), 1u);
  EXPECT_EQ(world_->count(Family::unsupported), 0u);
  EXPECT_EQ(calls("send"), 0u) << "it is too old to be answered";
}

TEST_F(ProjectionTest, WhatALaterVersionStillCannotShowIsAskedAgainByTheNext) {
  connect();
  const std::string item = deliver({poll("p1")});
  channel_.learn(item, {poll("p1")});
  crash();
  pass(2000);
  EXPECT_EQ(last().unsupported(), "poll");
  EXPECT_EQ(world_->count(Family::unsupported), 1u);
  channel_.learn(item, {understood("p1")});
  crash();
  pass(2000);
  EXPECT_EQ(last().text(), "Which day suits you?");
}

TEST_F(ProjectionTest, ManyAreReadAnewPageByPage) {
  connect();
  const std::size_t many = 2 * limits::kProjectionPage + 3;
  std::vector<std::string> items;
  for (std::size_t i = 0; i < many; ++i) {
    const std::string n = std::to_string(i);
    items.push_back(deliver({poll("p" + n, "3519" + n)}));
  }
  for (std::size_t i = 0; i < many; ++i) {
    const std::string n = std::to_string(i);
    channel_.learn(items[i], {understood("p" + n, "3519" + n)});
  }
  crash();
  pass(5000);
  EXPECT_EQ(world_->count(Family::unsupported), 0u);
  EXPECT_EQ(messages("35190").back().text(), "Which day suits you?");
  EXPECT_EQ(messages("3519" + std::to_string(many - 1)).back().text(), "Which day suits you?");
}

TEST_F(ProjectionTest, WhatWasTakenBackOrErasedLeavesNothing) {
  connect();
  const std::string taken_back = deliver({poll("p1")});
  const std::string erased = deliver({poll("p2", "351911")});
  ChannelEvent unsend = event_of(Kind::unsend, "u1");
  unsend.target_id = "p1";
  deliver({unsend});
  (void)world_->ask<std::monostate>([&](auto reply) {
    world_->host().commands().delete_contact(workspace_, contact_of("351911"), std::move(reply));
  });
  EXPECT_EQ(world_->count(Family::unsupported), 1u);
  channel_.learn(taken_back, {understood("p1")});
  channel_.learn(erased, {understood("p2", "351911")});
  crash();
  pass(2000);
  EXPECT_EQ(world_->count(Family::unsupported), 0u);
  EXPECT_TRUE(last().deleted());
  EXPECT_FALSE(last().has_text());
  EXPECT_TRUE(messages("351911").empty());
}

TEST_F(ProjectionTest, AnItemTooLargeToKeepIsShownByItsKindAlone) {
  connect();
  ChannelEvent large = poll("p1");
  large.raw = std::string(limits::kUnsupportedRaw + 1, 'x');
  deliver({large});
  EXPECT_EQ(last().unsupported(), "poll");
  EXPECT_EQ(world_->count(Family::unsupported), 0u);
}

}  // namespace
}  // namespace aura::test
