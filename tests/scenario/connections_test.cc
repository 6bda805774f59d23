// The connection itself: events before it is ready, events that it is not notified of, its use of
// memory, and what it leaves when it fails.
#include "actors/protocol.h"
#include "config/limits.h"
#include "storage/keys.h"
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
  world_->host().ingress().accept({item}, [](Errc code) { EXPECT_EQ(code, Errc::ok); });
  world_->writer().run_group();  // the event is in the journal; nothing is written after it
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

// What the commit that claimed a message has proved is not read again: that its contact wants it.
TEST_F(ConnectionsTest, AMessageGoesByWhatItsOwnCommitProved) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  world_->reader_seam().fails = Family::consent;
  send("Yes");
  answer();
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
}

TEST_F(ConnectionsTest, AConnectionThatDiedKeepsNothingThoughAClockHoldsIt) {
  channel_.has_token = true;  // the connection checks it once an hour
  connect();
  pass(2000);
  deliver({event_of(Kind::message, "m1")});
  provider_.answers = {reply_of(401)};  // parks the messages
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

// A channel with a dead token and more waiting messages than may be in memory.
class CrowdedOutbox : public ChannelsTest {
 protected:
  static constexpr std::size_t kMemory = 4;
  static constexpr std::size_t kWaiting = 600;  // several pages
  CrowdedOutbox() {
    outbox_memory_ = kMemory;
    debounce_ = std::chrono::milliseconds(0);  // the AI answers
    crash();
    connect();
    provider_.answers = {reply_of(401)};
    deliver({event_of(Kind::message, "m1")});
    answer();
    EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_TOKEN_EXPIRED);
  }
  // Writes outbox rows like those of an earlier run whose conversations are gone.
  void leave_rows() {
    storage::Commit rows;
    rows.workspace = workspace_;
    for (std::size_t i = 0; i < kWaiting; ++i) {
      record::Outbox row;
      const Id lost = derived_id({"lost", std::to_string(i)});
      row.set_conversation(std::string(lost.view()));
      row.set_message(std::string(lost.view()));
      row.set_created_ms(clock_.now_ms());
      rows.appends.push_back({Family::outbox, storage::keys::outbox_of(workspace_, channel_id_),
                              row.SerializeAsString()});
    }
    world_->writer().submit(std::move(rows), [](const storage::CommitResult&) {});
    world_->settle();
  }
  std::int64_t in_memory() const {
    std::int64_t waiting = -1;
    world_->services().directory.for_each([&](const ActorCardPtr& card) {
      if (card->id == format_id(IdType::channel, channel_id_)) waiting = card->queue;
    });
    return waiting;
  }
  Errc try_to_send() {
    api::MessageInput input;
    input.set_text("One more");
    const auto sent = world_->ask<api::Message>([&](auto reply) {
      world_->host().commands().send_message(workspace_, conversation(), input, {},
                                             std::move(reply));
    });
    return sent ? Errc::ok : sent.error().code;
  }
  void renew_token() {
    api::ChannelInput renewed;
    renewed.mutable_credentials()->set_access_token("fresh");
    ASSERT_TRUE(world_
                    ->ask<api::Channel>([&](auto reply) {
                      world_->host().commands().update_channel(workspace_, channel_id_, renewed,
                                                               std::move(reply));
                    })
                    .has_value());
  }
};

TEST_F(CrowdedOutbox, WhatFindsNoRoomInMemoryWaitsOnDiskAndTheApiIsRefused) {
  EXPECT_EQ(try_to_send(), Errc::ok);
  leave_rows();
  crash();
  EXPECT_EQ(in_memory(), static_cast<std::int64_t>(kMemory));
  EXPECT_EQ(world_->count(Family::outbox), kWaiting + 2);
  EXPECT_EQ(try_to_send(), Errc::overloaded);
  renew_token();
  pass(10'000);
  EXPECT_EQ(world_->count(Family::outbox), 0u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
  EXPECT_EQ(try_to_send(), Errc::ok);
}

TEST_F(CrowdedOutbox, AnswersOfTheAIWaitThereTooAndAreNoCutOffCalls) {
  std::vector<std::string> people;
  for (int i = 0; i < 12; ++i) {
    people.push_back("3519" + std::to_string(i));
    deliver({event_of(Kind::message, "q" + std::to_string(i), people.back())});
  }
  EXPECT_EQ(in_memory(), static_cast<std::int64_t>(kMemory));
  EXPECT_EQ(world_->count(Family::outbox), 13u);
  renew_token();
  pass(10'000);
  EXPECT_EQ(world_->count(Family::outbox), 0u);
  EXPECT_EQ(calls("send"), 14u);
  for (const auto& person : people) {
    const auto answered = messages(person).back();
    EXPECT_EQ(answered.status(), api::MESSAGE_STATUS_SENT);
    EXPECT_FALSE(answered.maybe_duplicate());
    EXPECT_EQ(answered.attempts_size(), 1);
  }
}

}  // namespace
}  // namespace aura::test
