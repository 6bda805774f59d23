// Erasing people: none of their data remains or is sent, and what they write afterwards is stored
// like anybody's.
#include "actors/protocol.h"
#include "actors/tree/actor_path.h"
#include "storage/keys.h"
#include "tests/scenario/channels_fixture.h"

namespace aura::test {
namespace {

class ErasureTest : public ChannelsTest {
 protected:
  Errc erase(const Id& contact) {
    const auto erased = world_->ask<std::monostate>([&](auto reply) {
      world_->host().commands().delete_contact(workspace_, contact, std::move(reply));
    });
    return erased ? Errc::ok : erased.error().code;
  }
  Errc erase() { return erase(contact_of("351900")); }
  void order_connection(ActorAction action) {
    caf::anon_send(
        world_->host().root(),
        OperatorOrder{actor_path::connection(workspace_, channel_id_), SteerActor{action, {}}});
    world_->settle();
  }
  // Simulates a full disk during an erasure: the key is destroyed, the rows are still there.
  void erase_half() {
    storage::Commit half;
    half.workspace = workspace_;
    world_->services().vault.destroy_contact_key(workspace_, contact_of("351900"), half);
    world_->writer().submit(std::move(half), [](const storage::CommitResult&) {});
    world_->settle();
    crash();
  }
  // A visitor of a new web chat.
  ChatVisitor visitor() {
    api::ChannelInput widget;
    widget.set_type(api::CHANNEL_TYPE_WEBCHAT);
    const auto chat = world_->ask<api::Channel>([&](auto reply) {
      world_->host().commands().create_channel(workspace_, widget, {}, std::move(reply));
    });
    channel_id_ = *parse_id(IdType::channel, chat.value().id());
    return world_->host().chat().visitor(chat->widget_key(), "vis_" + std::string(43, 'v')).value();
  }
  Errc write(const ChatVisitor& visitor, const std::string& client_id) {
    const auto acknowledged = world_->ask<api::Message>([&](auto reply) {
      world_->host().chat().receive(visitor, {client_id, "Hello?", {}, {}}, std::move(reply));
    });
    return acknowledged ? Errc::ok : acknowledged.error().code;
  }
};

TEST_F(ErasureTest, NobodyIsErasedBeforeItIsKnownWhoIsAPartOfThem) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  world_->pool().full = true;
  EXPECT_EQ(erase(), Errc::overloaded);
  world_->pool().full = false;
  EXPECT_EQ(contacts().size(), 1u);
  EXPECT_EQ(erase(), Errc::ok);
  EXPECT_EQ(contacts().size(), 0u);
}

TEST_F(ErasureTest, APersonLeavesNoIdBehindAndBeginsAnew) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  EXPECT_EQ(world_->count(Family::identity), 1u);
  ASSERT_EQ(erase(), Errc::ok);
  EXPECT_EQ(world_->count(Family::identity), 0u);
  deliver({event_of(Kind::message, "m2")});
  EXPECT_EQ(messages().size(), 1u);
}

// A backup holds events that were not yet applied. After a restore they are older than any erasure
// of a contact without rows.
TEST_F(ErasureTest, WhatARestoreBringsBackMakesNobodyAnew) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  ASSERT_EQ(erase(), Errc::ok);
  world_->services().restored_position = UINT64_MAX;
  deliver({event_of(Kind::message, "m2")});
  deliver({event_of(Kind::message, "m3"), event_of(Kind::message, "m4")});
  EXPECT_EQ(contacts().size(), 0u);
  EXPECT_EQ(world_->count(Family::journal), 0u);
  world_->services().restored_position = 1;
  deliver({event_of(Kind::message, "m5")});
  EXPECT_EQ(messages().size(), 1u);
}

TEST_F(ErasureTest, WhatIsWrittenAfterARepeatedEventStaysReadable) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  ASSERT_EQ(erase(), Errc::ok);
  deliver({event_of(Kind::message, "m1"), event_of(Kind::message, "m2")});
  EXPECT_EQ(messages().size(), 1u);
  crash();
  EXPECT_EQ(messages().size(), 1u);
}

// The commit that claimed the message is too long ago to prove that it is there.
TEST_F(ErasureTest, WhatAPausedConnectionHeldDoesNotGoToWhoWasErasedMeanwhile) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  order_connection(ActorAction::pause);
  send("Hello");
  pass(2000);
  EXPECT_EQ(calls("send"), 0u);
  ASSERT_EQ(erase(), Errc::ok);
  order_connection(ActorAction::resume);
  pass(5000);
  EXPECT_EQ(calls("send"), 0u);
  EXPECT_EQ(world_->count(Family::outbox), 0u);
}

TEST_F(ErasureTest, ReceiptsBringNobodyBack) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  send("Hello");
  answer();
  const std::string sent = last().external_id();
  ASSERT_EQ(erase(), Errc::ok);
  for (const Kind kind : {Kind::read, Kind::delivery, Kind::status}) {
    ChannelEvent receipt = event_of(kind, "r" + std::to_string(static_cast<int>(kind)));
    if (kind == Kind::status) receipt.target_id = sent;
    receipt.status = api::MESSAGE_STATUS_DELIVERED;
    receipt.watermark = clock_.now_ms();
    deliver({receipt});
    deliver({receipt, event_of(Kind::typing, "t")});
  }
  EXPECT_TRUE(contacts().empty());
  EXPECT_EQ(world_->count(Family::conversation), 0u);
  EXPECT_EQ(world_->count(Family::journal), 0u);
  EXPECT_EQ(world_->services().vault.contact_key(workspace_, contact_of("351900")).error().code,
            Errc::not_found);
}

TEST_F(ErasureTest, WhatWaitsInTheQueueIsNotSentAnyMore) {
  connect();
  for (const bool writes_again : {false, true}) {
    provider_.calls.clear();
    deliver({event_of(Kind::message, writes_again ? "m1" : "m2")});
    provider_.answers = {reply_of(429)};
    send("Your order is ready");
    answer();
    ASSERT_EQ(calls("send"), 1u);
    ASSERT_EQ(erase(), Errc::ok);
    if (writes_again) deliver({event_of(Kind::message, "m3")});
    pass(70'000);
    EXPECT_EQ(calls("send"), 1u) << writes_again;
    EXPECT_EQ(world_->count(Family::outbox), 0u);
  }
}

TEST_F(ErasureTest, AMergeEndsWithItsContacts) {
  connect();
  deliver({event_of(Kind::message, "m1", "351900"), event_of(Kind::message, "m2", "351911")});
  const Id from = contact_of("351900"), into = contact_of("351911");
  ASSERT_TRUE(world_
                  ->ask<api::Contact>([&](auto reply) {
                    world_->host().commands().merge_contact(workspace_, from, into, {},
                                                            std::move(reply));
                  })
                  .has_value());
  ASSERT_EQ(erase(into), Errc::ok) << "with all that is merged into it";
  EXPECT_EQ(world_->count(Family::contact), 0u);
  EXPECT_EQ(world_->count(Family::merge), 0u);
  deliver({event_of(Kind::message, "m3", "351900")});
  EXPECT_EQ(contacts().size(), 1u);
}

TEST_F(ErasureTest, AVisitorsUnacknowledgedMessageIsTakenWhenItComesAgain) {
  const ChatVisitor guest = visitor();
  ASSERT_EQ(write(guest, "c1"), Errc::ok);
  ASSERT_EQ(erase(contact_of(guest.thread)), Errc::ok);
  EXPECT_EQ(write(guest, "c1"), Errc::ok);
  EXPECT_EQ(write(guest, "c2"), Errc::ok);
  EXPECT_EQ(write(guest, "c1"), Errc::ok);
  crash();
  const auto all = messages(guest.thread);
  EXPECT_EQ(std::count_if(all.begin(), all.end(),
                          [](const auto& one) { return one.direction() == api::DIRECTION_IN; }),
            2);
}

TEST_F(ErasureTest, WhatAnEarlierVersionWroteOfAStopHoldsAndNamesNobodyAnyMore) {
  connect();
  record::Consent ledger;
  ledger.set_stopped(true);
  ledger.set_at_ms(clock_.now_ms());
  ledger.add_history()->set_event("preference:351900:stop");
  storage::Commit earlier;
  earlier.workspace = workspace_;
  earlier.put(Family::consent, storage::keys::consent(workspace_, conversation()),
              ledger.SerializeAsString());
  world_->writer().submit(std::move(earlier), [](const storage::CommitResult&) {});
  world_->settle();
  deliver({event_of(Kind::message, "m1")});
  ASSERT_EQ(erase(), Errc::ok);
  const auto row =
      world_->rows().get(Family::consent, storage::keys::consent(workspace_, conversation()));
  ASSERT_TRUE(row && *row && ledger.ParseFromString(**row));
  EXPECT_TRUE(ledger.stopped());
  EXPECT_EQ((*row)->find("351900"), std::string::npos);
}

TEST_F(ErasureTest, OneThatWasCutOffHalfwayCanBeAskedForAgain) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  erase_half();
  ASSERT_EQ(world_->count(Family::conversation), 1u);
  EXPECT_EQ(erase(), Errc::ok);
  for (const Family family :
       {Family::conversation, Family::message, Family::contact, Family::inbox})
    EXPECT_EQ(world_->count(family), 0u) << static_cast<int>(family);
  EXPECT_EQ(erase(), Errc::not_found);
}

TEST_F(ErasureTest, WhoWritesAfterOneThatWasCutOffHalfwayIsRead) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  erase_half();
  world_->advance(60'000);
  deliver({event_of(Kind::message, "m2")});
  EXPECT_EQ(messages().size(), 1u);
  EXPECT_EQ(world_->count(Family::inbox), 1u);
  crash();
  EXPECT_EQ(messages().size(), 1u);
}

TEST_F(ErasureTest, OneThatFoundTheEngineBusyIsAnsweredAndNobodyRestarts) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  world_->log_seam().refuses = Errc::overloaded;
  EXPECT_EQ(erase(), Errc::overloaded);
  world_->log_seam().refuses.reset();
  EXPECT_EQ(messages().size(), 1u);
  EXPECT_EQ(erase(), Errc::ok);
}

}  // namespace
}  // namespace aura::test
