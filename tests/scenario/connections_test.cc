// Stories of the connection itself: what comes before it is there, what it is not told of, how much
// room it takes, and what it leaves when it dies.
#include "actors/protocol.h"
#include "config/limits.h"
#include "tests/scenario/channels_fixture.h"

namespace aura::test {
namespace {

class ConnectionsTest : public ChannelsTest {};

TEST_F(ConnectionsTest, WhatCameBeforeTheChannelWasStoredComesAgain) {
  deliver({event_of(Kind::message, "m1")});
  EXPECT_EQ(world_->count(Family::dead_letter), 1u);
  connect();
  world_->settle();
  EXPECT_EQ(world_->count(Family::dead_letter), 0u);
  EXPECT_EQ(messages().size(), 1u);
  EXPECT_EQ(world_->services().ledger.in_flight(), 0);
}

TEST_F(ConnectionsTest, AnItemOfManyEventsTakesNoMoreRoomThanOthers) {
  connect();
  std::vector<ChannelEvent> history;
  for (int i = 0; i < 200; ++i) {
    const std::string number = std::to_string(i);
    history.push_back(event_of(Kind::message, "m" + number, "3519" + number));
  }
  InboundItem item;
  item.channel_type = api::CHANNEL_TYPE_WHATSAPP;
  item.account = "44";
  item.payload = channel_.item(std::move(history));
  world_->host().accept({item}, [](Errc code) { EXPECT_EQ(code, Errc::ok); });
  world_->writer().run_group();  // it is in the journal; nothing is written after it
  while (world_->run_job() || world_->pool().run_one()) {
  }
  EXPECT_EQ(world_->services().live_conversations, limits::kWorkspaceInFlight);
  world_->settle();
  EXPECT_EQ(world_->count(Family::conversation), 200u);
  EXPECT_EQ(world_->count(Family::journal), 0u);
}

TEST_F(ConnectionsTest, ASendThatItsConnectionWasNotToldOfIsNoCutOffCall) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  break_connection();
  send("Yes");
  pass(2000);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
  EXPECT_FALSE(last().maybe_duplicate());
  EXPECT_EQ(last().attempts_size(), 1);
}

TEST_F(ConnectionsTest, AConnectionThatDiedKeepsNothingThoughAClockHoldsIt) {
  channel_.has_token = true;  // looked at once an hour
  connect();
  pass(2000);
  deliver({event_of(Kind::message, "m1")});
  provider_.answers = {reply_of(401)};  // parked
  send("one");
  answer();
  auto message = std::make_shared<OutboundMessage>();
  const std::weak_ptr<OutboundMessage> held = message;
  OutboxAppended waiting;
  waiting.sequence = 1'000'000;
  waiting.row.set_conversation("another");
  waiting.message = std::move(message);
  caf::anon_send(world_->host().root(), ToConnection{workspace_, channel_id_, std::move(waiting)});
  world_->settle();
  EXPECT_FALSE(held.expired());
  break_connection();
  pass(60'000, 5000);
  EXPECT_TRUE(held.expired());
}

}  // namespace
}  // namespace aura::test
