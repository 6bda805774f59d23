// The story of a message in the whole engine on fake time: complete, quick, and honest about what
// is no longer known.
#include "storage/keys.h"
#include "tests/scenario/steering_fixture.h"

namespace aura::test {

namespace keys = storage::keys;

namespace {

TEST_F(SteeringTest, AMessagesStoryShowsTheProvidersIdsOnlyForAReason) {
  write("an-id-that-nothing-else-holds");
  const auto messages = newest_messages(2);
  ASSERT_EQ(messages.size(), 2u);
  for (const api::Message& message : messages) {
    const auto masked = story_of(message.id()), shown = story_of(message.id(), {"complaint 42"});
    EXPECT_EQ(masked.ShortDebugString().find(message.external_id()), std::string::npos);
    EXPECT_EQ(shown.dedupe().key(), message.external_id());
    EXPECT_EQ(shown.attempts_size(), message.direction() == api::DIRECTION_OUT ? 1 : 0);
    for (const auto& attempt : shown.attempts())
      EXPECT_EQ(attempt.provider_id(), message.external_id());
  }
}

TEST_F(SteeringTest, AMessagesStoryIsFoundAmongTheManyChangesOfABusyWorkspace) {
  const auto others_change = [&] {
    record::Feed feed;
    feed.set_kind(record::Feed::KIND_CONVERSATION_UPDATED);
    feed.set_at_ms(clock_.now_ms());
    storage::Commit commit;
    commit.workspace = workspace_;
    for (int i = 0; i < 5000; ++i)
      commit.appends.push_back({Family::feed, keys::head(workspace_), feed.SerializeAsString()});
    world_->services().log.submit(std::move(commit), [](const storage::CommitResult&) {});
    world_->settle();
  };
  others_change();
  clock_.advance(std::chrono::seconds(1));
  write("m1");
  others_change();
  for (const api::Message& message : newest_messages(2)) {
    const auto story = story_of(message.id());
    EXPECT_GE(story.events_size(), 1) << story.ShortDebugString();
    EXPECT_TRUE(story.complete()) << "all that its row shows is told";
    EXPECT_EQ(story.statuses_size(), message.direction() == api::DIRECTION_OUT ? 1 : 0);
  }
  pass(60'000);
  ChannelEvent read;
  read.kind = ChannelEvent::Kind::read;
  read.external_id = "read";
  read.thread = "person";
  read.at = read.watermark = clock_.now_ms();
  accept_item(encode_event(read));
  pass(500);
  others_change();
  for (const api::Message& message : newest_messages(2)) {
    if (message.direction() != api::DIRECTION_OUT) continue;
    const auto story = story_of(message.id());
    EXPECT_TRUE(story.complete());
    ASSERT_EQ(story.statuses_size(), 2) << story.ShortDebugString();
    EXPECT_EQ(story.statuses(1).what(), "read");
    EXPECT_GE(story.statuses(1).happened_at(), read.at);
    EXPECT_LT(story.statuses(1).happened_at(), read.at + 500);
  }
}

TEST_F(SteeringTest, AnOldMessagesStoryTellsWhatItsRowKeepsAndThatMoreMayHaveHappened) {
  write("m1");
  const auto messages = newest_messages(2);
  ASSERT_EQ(messages.size(), 2u);
  const std::string& answer = messages[messages[0].direction() == api::DIRECTION_OUT ? 0 : 1].id();
  const auto fresh = story_of(answer);
  EXPECT_TRUE(fresh.complete());
  ASSERT_EQ(fresh.statuses_size(), 1) << fresh.ShortDebugString();
  storage::Commit commit;  // as compaction does
  commit.mutations.push_back(
      {storage::Mutation::Op::erase_prefix, Family::feed, keys::head(workspace_), {}});
  world_->services().log.submit(std::move(commit), [](const storage::CommitResult&) {});
  world_->settle();
  clock_.advance(std::chrono::hours(8 * 24));
  const auto old = story_of(answer);
  EXPECT_FALSE(old.complete());
  ASSERT_EQ(old.statuses_size(), 1) << old.ShortDebugString();
  EXPECT_EQ(old.statuses(0).what(), "sent");
  EXPECT_EQ(old.statuses(0).happened_at(), old.attempts(0).finished_at());
}

TEST_F(SteeringTest, AnAmountWhoseItemCannotBeReadIsNotGone) {
  api::ItemInput cake;
  cake.set_name("Chocolate cake");
  cake.mutable_price()->set_amount_minor(450);
  cake.mutable_price()->set_currency("USD");
  const auto item = world_->ask<api::Item>([&](auto reply) {
    world_->host().commands().create_item(workspace_, cake, {}, std::move(reply));
  });
  write("m1", "person", "How much is the chocolate cake?");
  const auto messages = newest_messages(1);
  ASSERT_EQ(messages.size(), 1u);
  const auto holds = [&] {
    const auto story = story_of(messages[0].id());
    EXPECT_EQ(story.complete(), !world_->reader_seam().fails.has_value());
    return story.claims().empty() ? std::string() : story.claims().rbegin()->holds();
  };
  EXPECT_EQ(holds(), "yes");
  world_->reader_seam().fails = Family::item;
  EXPECT_EQ(holds(), "unknown");
  world_->reader_seam().fails.reset();
  (void)world_->ask<std::monostate>([&](auto reply) {
    world_->host().commands().delete_item(workspace_, *parse_id(IdType::item, item.value().id()),
                                          std::move(reply));
  });
  EXPECT_EQ(holds(), "gone");
}

// What kept a message waiting is part of its story: the hold, how long, and nothing that did not.
TEST_F(SteeringTest, AMessagesStoryTellsWhenItCameAndWhoHeldIt) {
  const std::string connection = actor_path::connection(workspace_, channel_id_);
  struct Case {
    std::string path;
    ActorAction stop, end;
  };
  const std::string workspace = actor_path::workspace(workspace_);
  write("m0");
  const auto before = story_of(newest_messages(2)[0].id());
  EXPECT_TRUE(before.raw().has_received_at());
  EXPECT_LE(before.raw().taken_at() - before.raw().received_at(), 500);
  EXPECT_EQ(before.waits().holds_size(), 0);
  int number = 0;
  for (const Case& one : {Case{connection, ActorAction::pause, ActorAction::resume},
                          Case{conversation_, ActorAction::pause, ActorAction::resume},
                          Case{conversation_, ActorAction::drain, ActorAction::release},
                          Case{connection, ActorAction::quarantine, ActorAction::release},
                          Case{workspace, ActorAction::drain, ActorAction::release},
                          Case{"/engine/ingress", ActorAction::pause, ActorAction::resume}}) {
    const std::string name = one.path + std::string(to_string(one.stop));
    EXPECT_EQ(order(one.path, one.stop), Errc::ok) << name;
    pass(1000);
    const Millis came = clock_.now_ms();
    write("held-" + std::to_string(++number));
    pass(20'000);
    EXPECT_EQ(order(one.path, one.end), Errc::ok) << name;
    pass(20'000);
    api::MessageTrace story;
    for (const auto& message : newest_messages(4))
      if (message.external_id() == "held-" + std::to_string(number)) story = story_of(message.id());
    EXPECT_LE(story.raw().received_at() - came, 500) << name;
    EXPECT_GE(story.raw().taken_at() - story.raw().received_at(), 20'000) << name;
    ASSERT_EQ(story.waits().holds_size(), 1) << name << story.ShortDebugString();
    const api::Hold& hold = story.waits().holds(0);
    EXPECT_EQ(hold.path(), one.path);
    EXPECT_EQ(hold.by(), to_string(one.stop));
    EXPECT_LE(hold.began_at(), came);
    EXPECT_GE(hold.ended_at(), came + 20'000);
  }
}

TEST_F(SteeringTest, TheStoryOfAnAnswerTellsWhoHoldsItsSend) {
  const std::string connection = actor_path::connection(workspace_, channel_id_);
  write("m1");
  EXPECT_EQ(order(connection, ActorAction::pause), Errc::ok);
  api::MessageInput input;
  input.set_text("Written meanwhile");
  const auto sent = world_->ask<api::Message>([&](auto reply) {
    world_->host().commands().send_message(workspace_, person(), input, {}, std::move(reply));
  });
  pass(5000);
  const auto held = story_of(sent.value().id());
  ASSERT_EQ(held.waits().holds_size(), 1) << held.ShortDebugString();
  EXPECT_FALSE(held.waits().holds(0).has_ended_at());
  EXPECT_EQ(order(connection, ActorAction::resume), Errc::ok);
  pass(5000);
  const auto told = story_of(sent.value().id());
  ASSERT_EQ(told.attempts_size(), 1) << told.ShortDebugString();
  ASSERT_EQ(told.waits().holds_size(), 1) << told.ShortDebugString();
  EXPECT_TRUE(told.waits().holds(0).has_ended_at());
}

TEST_F(SteeringTest, AnOrderThatEndedWithItsProcessIsNotToldOfLaterMessages) {
  EXPECT_EQ(order(actor_path::connection(workspace_, channel_id_), ActorAction::pause), Errc::ok);
  pass(1000);
  start_again();
  write("m1");
  const auto messages = newest_messages(2);
  ASSERT_EQ(messages.size(), 2u);
  for (const auto& message : messages) {
    const auto story = story_of(message.id());
    EXPECT_EQ(story.waits().holds_size(), 0) << story.ShortDebugString();
  }
}

TEST_F(SteeringTest, AMessageFarBackInAParkedOutboxIsFound) {
  provider_.fault_percent = 100;
  storage::Commit commit;
  record::Outbox other;  // of somebody else, and not due
  other.set_conversation(std::string(Id().view()));
  other.set_not_before_ms(clock_.now_ms() + 24 * 3'600'000);
  for (int i = 0; i < 1500; ++i)
    commit.appends.push_back(
        {Family::outbox, keys::outbox_of(workspace_, channel_id_), other.SerializeAsString()});
  world_->services().log.submit(std::move(commit), [](const storage::CommitResult&) {});
  world_->settle();
  write("m1");
  const auto messages = newest_messages(1);
  ASSERT_EQ(messages.size(), 1u);
  ASSERT_EQ(messages[0].status(), api::MESSAGE_STATUS_QUEUED);
  EXPECT_TRUE(story_of(messages[0].id()).waits().in_outbox());
  EXPECT_EQ(look(conversation_).outbox_size(), 1);
}

}  // namespace
}  // namespace aura::test
