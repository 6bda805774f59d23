// The whole engine: events that cannot be processed, sends that are refused, children that are
// idle.
#include <caf/scheduler/test_coordinator.hpp>
#include <set>

#include "actors/conversation/rows.h"
#include "actors/engine/dead_letters.h"
#include "actors/engine/raw_event.h"
#include "tests/scenario/page_shop.h"

namespace aura::test {
namespace {

class EngineTest : public PageShop {
 protected:
  EngineTest() {
    start();
    open_shop();
  }

  void start() {
    EngineOptions options;
    options.conversation_idle = std::chrono::seconds(5);
    start_engine(options);
    world_->settle();
  }

  Errc deliver(std::string payload, const std::string& account = "page") {
    accept(std::move(payload), account);
    world_->settle();
    return answer_;
  }
  // Accepts an event without running the actors.
  void accept(std::string payload, const std::string& account = "page") {
    InboundItem item;
    item.channel_type = api::CHANNEL_TYPE_MESSENGER;
    item.account = account;
    item.payload = std::move(payload);
    answer_ = Errc::timeout;
    world_->host().ingress().accept({item}, [this](Errc code) { answer_ = code; });
  }
  // Runs the actors until they wait for the disk or for a read.
  void work() {
    while (world_->run_job()) {
    }
  }
  void work_and_store() {
    work();
    world_->writer().run_group();
    work();
  }
  conversation::State state_of(const std::string& thread) {
    const Id id = conversation::conversation_id(channel_id_, thread);
    return *conversation::load_state(world_->rows(), {workspace_, channel_id_, id});
  }
  std::vector<record::DeadLetter> dead_letters() {
    std::vector<record::DeadLetter> letters;
    (void)world_->rows().for_each(Family::dead_letter, {},
                                  [&](std::string_view, std::string_view value) {
                                    letters.emplace_back().ParseFromString(std::string(value));
                                    return true;
                                  });
    return letters;
  }
  std::string path_of(const std::string& thread) {
    const Id id = conversation::conversation_id(channel_id_, thread);
    std::string path;
    world_->services().directory.for_each([&](const ActorCardPtr& card) {
      if (card->id == format_id(IdType::conversation, id)) path = card->path;
    });
    return path;
  }

  Errc answer_ = Errc::timeout;
};

TEST_F(EngineTest, UpkeepHoldsUpNoRead) {
  int upkeeps = 0;
  world_->services().upkeep = [&](Millis) { ++upkeeps; };
  const auto second_of_reads = [this] {
    world_->advance(1000);
    const auto before = world_->pool().ran;
    do work();
    while (world_->pool().run_one());
    return world_->pool().ran - before;
  };
  EXPECT_EQ(second_of_reads(), 1u) << "the timers";
  EXPECT_EQ(second_of_reads(), 1u) << "while the upkeep has not run";
  EXPECT_EQ(upkeeps, 0);
  EXPECT_TRUE(world_->builds().run_one());
  EXPECT_FALSE(world_->builds().run_one()) << "one at a time";
  EXPECT_EQ(upkeeps, 1);
  second_of_reads();
  EXPECT_TRUE(world_->builds().run_one());
  EXPECT_EQ(upkeeps, 2);
}

TEST_F(EngineTest, AWorkspaceWithoutConversationsSetsNoClock) {
  const auto clocks = [this] {
    return dynamic_cast<caf::scheduler::test_coordinator&>(world_->system().scheduler())
        .clock()
        .schedule()
        .size();
  };
  const auto before = clocks();
  api::WorkspaceInput quiet;
  quiet.set_name("Quiet");
  for (int i = 0; i < 10; ++i)
    (void)world_->ask<api::WorkspaceCreated>([&](auto reply) {
      world_->host().commands().create_workspace(quiet, {}, std::move(reply));
    });
  EXPECT_EQ(clocks(), before);
}

TEST_F(EngineTest, AKeyThatWasUsedLatelyIsNotReadAgain) {
  const auto made = world_->ask<api::WorkspaceCreated>([&](auto reply) {
    world_->host().commands().create_workspace(api::WorkspaceInput(), {}, std::move(reply));
  });
  const std::string key = made.value().api_key();
  const auto workspace = parse_id(IdType::workspace, made.value().workspace_id());
  EXPECT_EQ(world_->host().access().grant_of(key).value()->workspace, workspace);
  world_->reader_seam().fails = Family::api_key;
  EXPECT_EQ(world_->host().access().grant_of(key).value()->workspace, workspace);
  std::string other = key;
  other.back() = other.back() == 'a' ? 'b' : 'a';
  EXPECT_EQ(world_->host().access().grant_of(other).error().code, Errc::io);
  world_->reader_seam().fails.reset();
  EXPECT_EQ(world_->host().access().grant_of(other).value(), std::nullopt);
}

TEST_F(EngineTest, AnEventThatKeepsKillingItsActorBecomesADeadLetterAndNobodyElseNotices) {
  world_->poison(workspace_, channel_id_, "bad-1");
  EXPECT_EQ(deliver(message("bad-1", "unlucky")), Errc::ok);
  EXPECT_EQ(deliver(message("good-1", "lucky")), Errc::ok);
  pass(1000);
  ASSERT_EQ(provider_.accepted.size(), 1u) << "the sibling is answered meanwhile";
  EXPECT_EQ(provider_.accepted[0].recipient, "lucky");
  EXPECT_EQ(world_->services().ledger.in_flight(), 1);
  pass(20'000);
  const auto letters = dead_letters();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].reason(), "poison");
  EXPECT_EQ(letters[0].tries(), 3);
  EXPECT_EQ(world_->count(Family::journal), 0u);
  EXPECT_EQ(world_->services().ledger.in_flight(), 0);
  EXPECT_EQ(deliver(message("good-2", "unlucky")), Errc::ok);
  pass(1000);
  ASSERT_EQ(provider_.accepted.size(), 2u) << "its conversation goes on";
  EXPECT_EQ(provider_.accepted[1].recipient, "unlucky");
}

TEST_F(EngineTest, WhatCannotBeUnderstoodOrHasNoAccountIsKeptAndCounted) {
  EXPECT_EQ(deliver("what is this"), Errc::ok);
  EXPECT_EQ(deliver(message("m1", "person"), "nobody's page"), Errc::ok);
  const auto letters = dead_letters();
  ASSERT_EQ(letters.size(), 2u);
  std::set<std::string> reasons{letters[0].reason(), letters[1].reason()};
  EXPECT_EQ(reasons, (std::set<std::string>{"not_understood", "unknown_account"}));
  EXPECT_EQ(deliver("a body whose account could not be read", ""), Errc::ok);
  std::multiset<std::string> all;
  for (const auto& letter : dead_letters()) all.insert(letter.reason());
  EXPECT_EQ(all.count("not_understood"), 2u) << "to connect a channel would not help";
  EXPECT_EQ(world_->services().ledger.in_flight(), 0);
  EXPECT_EQ(world_->count(Family::message), 0u);
}

TEST_F(EngineTest, ADeadLetterCanBeRetriedAsLongAsItsRawEventIsKept) {
  EXPECT_EQ(deliver("what is this"), Errc::ok);
  ASSERT_EQ(dead_letters().size(), 1u);
  EXPECT_EQ(dead_letters()[0].tries(), 1);
  const auto retry = [&] {
    std::string at;
    (void)world_->rows().for_each(Family::dead_letter, {},
                                  [&](std::string_view key, std::string_view) {
                                    at = key;
                                    return false;
                                  });
    return world_->ask<std::monostate>([&](auto reply) {
      retry_letter(world_->services(), world_->host().root(), "test", at, std::move(reply));
    });
  };
  clock_.advance(std::chrono::milliseconds(retry_until(dead_letters()[0]) - clock_.now_ms() - 1));
  world_->expire_raw_events();
  EXPECT_TRUE(retry());
  ASSERT_EQ(dead_letters().size(), 1u) << "still not understood, and stored under a newer key";
  EXPECT_EQ(dead_letters()[0].tries(), 2) << "the earlier one counts";
  clock_.advance(std::chrono::milliseconds(retry_until(dead_letters()[0]) - clock_.now_ms()));
  world_->expire_raw_events();
  const auto late = retry();
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Errc::conflict);
  EXPECT_NE(late.error().detail.find("destroyed"), std::string::npos);
  EXPECT_EQ(dead_letters().size(), 1u) << "it can still be seen and deleted";
}

TEST_F(EngineTest, ARawEventOpensOnlyInItsOwnRow) {
  std::uint32_t hour = 0;
  storage::Commit commit;
  const auto key = world_->services().vault.journal_key(clock_.now_ms(), hour, commit).value();
  const Id workspace = derived_id({"one"});
  record::Journal row;
  row.set_channel(std::string(derived_id({"channel"}).view()));
  row.set_source("meta.page");
  row.set_received_ms(clock_.now_ms());
  raw_event::seal(*key, workspace, "the item", row);
  EXPECT_EQ(raw_event::open(*key, workspace, row).value_or(""), "the item");
  const auto opens = [&](auto change) {
    record::Journal other = row;
    change(other);
    return raw_event::open(*key, workspace, other).has_value();
  };
  EXPECT_FALSE(opens([](auto& it) { it.set_channel(std::string(derived_id({"x"}).view())); }));
  EXPECT_FALSE(opens([](auto& it) { it.set_received_ms(it.received_ms() + 1); }));
  EXPECT_FALSE(opens([](auto& it) { it.set_source("meta.instagram"); }));
  EXPECT_FALSE(raw_event::open(*key, derived_id({"two"}), row).has_value());
  row.set_sealed(
      key->seal(storage::aad(Family::journal, storage::keys::head(workspace)), "an old one"));
  EXPECT_EQ(raw_event::open(*key, workspace, row).value_or(""), "an old one");
}

TEST_F(EngineTest, AnIdleConversationLeavesMemoryAndComesBackWithItsHistory) {
  EXPECT_EQ(deliver(message("m1", "person")), Errc::ok);
  pass(1000);
  EXPECT_NE(path_of("person"), "");
  EXPECT_EQ(world_->services().live_conversations, 1);
  pass(10'000);
  EXPECT_EQ(path_of("person"), "");
  EXPECT_EQ(world_->services().live_conversations, 0);
  EXPECT_EQ(deliver(message("m1", "person")), Errc::ok);
  EXPECT_EQ(deliver(message("m2", "person")), Errc::ok);
  pass(1000);
  EXPECT_EQ(world_->count(Family::conversation), 1u);
  EXPECT_EQ(world_->count(Family::message), 4u) << "two questions, two answers";
}

TEST_F(EngineTest, AnAnswerOwedBeforeACrashIsGivenAfterIt) {
  EXPECT_EQ(deliver(message("m1", "person")), Errc::ok);
  ASSERT_EQ(provider_.accepted.size(), 1u);
  provider_.forget_callers();  // the answer is lost: the process dies
  world_.reset();
  start();
  pass(40'000);
  ASSERT_EQ(provider_.accepted.size(), 2u) << "no echo came: sent again";
  EXPECT_EQ(provider_.accepted[0].message_id, provider_.accepted[1].message_id);
  EXPECT_EQ(world_->count(Family::outbox), 0u);
  const Id conversation = conversation::conversation_id(channel_id_, "person");
  const auto messages = world_->ask<List<api::Message>>([&](auto reply) {
    world_->queries().messages(workspace_, conversation, {}, std::move(reply));
  });
  ASSERT_EQ(messages.value().data.size(), 2u);
  EXPECT_TRUE(messages->data[1].maybe_duplicate());
  EXPECT_EQ(messages->data[1].status(), api::MESSAGE_STATUS_SENT);
}

TEST_F(EngineTest, WhoWaitsBehindAPoisonEventIsNotBuriedWithIt) {
  world_->poison(workspace_, channel_id_, "bad-1");
  accept(message("bad-1", "unlucky"));
  accept(message("good-1", "unlucky"));
  pass(30'000);
  const auto letters = dead_letters();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].tries(), 3);
  EXPECT_EQ(provider_.accepted.size(), 1u);
  EXPECT_EQ(world_->count(Family::journal), 0u);
}

TEST_F(EngineTest, AQuestionThatIsStoredWhileAnEarlierAnswerIsThoughtUpIsAnsweredAtOnce) {
  EXPECT_EQ(deliver(message("m1", "person")), Errc::ok);
  pass(10'000);  // the conversation leaves memory, so reading its history takes longer
  accept(message("m2", "person", "yes please"));
  work_and_store();
  work_and_store();  // m2 is stored; its history is being read
  accept(message("m3", "person", "yes please"));
  work_and_store();
  EXPECT_GT(state_of("person").row.turn().due_ms(), 0);
  world_->settle();  // the answer to m2 is ready while m3 is being written
  EXPECT_EQ(state_of("person").row.turn().due_ms(), 0) << "nobody waits for a timer";
}

TEST_F(EngineTest, WhatHappensToAnOlderMessageEndsNobodysTurn) {
  EXPECT_EQ(deliver(message("m1", "person")), Errc::ok);
  pass(10'000);
  accept(message("m2", "person", "yes please"));
  work_and_store();
  work_and_store();  // m2 is stored; its history is being read
  ChannelEvent unsend;
  unsend.kind = ChannelEvent::Kind::unsend;
  unsend.thread = "person";
  unsend.target_id = "m1";
  unsend.at = clock_.now_ms();
  accept(encode_event(unsend));
  work_and_store();
  pass(1000);
  EXPECT_EQ(provider_.accepted.size(), 2u) << "m2 has its own answer";
}

TEST_F(EngineTest, WhatWaitsForADeletedChannelIsTold) {
  EXPECT_EQ(deliver(message("m1", "person")), Errc::ok);
  EXPECT_EQ(deliver(message("m2", "person")), Errc::ok);
  ASSERT_EQ(world_->count(Family::outbox), 2u) << "the second goes when the first is answered";
  const Id conversation = conversation::conversation_id(channel_id_, "person");
  ASSERT_TRUE(world_->ask<std::monostate>([&](auto reply) {
    world_->host().commands().delete_channel(workspace_, channel_id_, std::move(reply));
  }));
  pass(60'000);
  EXPECT_EQ(world_->count(Family::outbox), 0u);
  const auto messages = world_->ask<List<api::Message>>([&](auto reply) {
    world_->queries().messages(workspace_, conversation, {}, std::move(reply));
  });
  std::multiset<api::MessageStatus> answers;
  for (const api::Message& one : messages.value().data)
    if (one.direction() == api::DIRECTION_OUT) answers.insert(one.status());
  EXPECT_EQ(answers, (std::multiset<api::MessageStatus>{api::MESSAGE_STATUS_SENT,
                                                        api::MESSAGE_STATUS_FAILED}));
  api::MessageInput more;
  more.set_text("Hello?");
  const auto sent = world_->ask<api::Message>([&](auto reply) {
    world_->host().commands().send_message(workspace_, conversation, more, {}, std::move(reply));
  });
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, Errc::conflict);
}

}  // namespace
}  // namespace aura::test
