// Operator orders in the whole engine on fake time: what is held, refused and audited, and that
// nothing is lost meanwhile.
#include <gmock/gmock.h>

#include "actors/engine/ingress_actor.h"
#include "actors/queries/cursor.h"
#include "config/limits.h"
#include "storage/keys.h"
#include "tests/scenario/steering_fixture.h"

namespace aura::test {

namespace keys = storage::keys;

namespace {

TEST_F(SteeringTest, AnActorShowsWhatItDid) {
  write("m1");
  const auto detail = look(conversation_);
  EXPECT_TRUE(detail.answered());
  EXPECT_EQ(detail.actor().state(), "running");
  ASSERT_GE(detail.recent_size(), 1);
  bool committed = false;
  for (const auto& step : detail.recent())
    committed |= step.what() == "apply_event" && step.outcome() == "committed";
  EXPECT_TRUE(committed);
  EXPECT_EQ(detail.summary().json().find("person"), std::string::npos) << detail.summary().json();
}

TEST_F(SteeringTest, ALetterThatCannotBeReadIsNotOneThatIsNotThere) {
  const std::string id = cursor::encode(keys::dead_letter(workspace_, workspace_));
  const auto code_of_delete = [&] {
    const auto deleted = world_->ask<std::monostate>(
        [&](auto reply) { operations_->delete_dead_letter(id, std::move(reply)); });
    return deleted ? Errc::ok : deleted.error().code;
  };
  EXPECT_EQ(code_of_delete(), Errc::not_found);
  world_->reader_seam().fails = Family::dead_letter;
  EXPECT_EQ(code_of_delete(), Errc::io);
}

TEST_F(SteeringTest, AnActorWithNothingToDoShowsAnEmptyMailbox) {
  const ActorCardPtr root = world_->services().directory.find("/engine");
  caf::anon_send(world_->host().root(), ToConnection{workspace_, channel_id_, WakeUp{}});
  caf::anon_send(world_->host().root(), ReadDropped{});  // whose handler does not count itself
  world_->settle();
  EXPECT_EQ(root->mailbox, 0);
}

TEST_F(SteeringTest, AnActorThatHangsShowsItsGrowingMailbox) {
  const ActorCardPtr root = world_->services().directory.find("/engine");
  root->busy_since = steady_us();  // as if it were in a handler
  for (int i = 0; i < 3; ++i) caf::anon_send(world_->host().root(), ReadDropped{});
  EXPECT_EQ(root->mailbox, 3);
  root->busy_since = 0;
  world_->settle();
  EXPECT_EQ(root->mailbox, 0);
}

TEST_F(SteeringTest, WhatAnOrderHoldsIsShownOnTheActor) {
  write("m1");
  const std::string connection = actor_path::connection(workspace_, channel_id_);
  const auto expect = [&](const std::string& path, std::int64_t held, const std::string& on) {
    const api::Actor actor = look(path).actor();
    EXPECT_EQ(actor.held(), held) << path;
    EXPECT_EQ(actor.waits_on(), on) << path;
  };
  EXPECT_EQ(order(conversation_, ActorAction::pause), Errc::ok);
  write("m2");
  write("m3");
  expect(conversation_, 2, "paused by operator");
  EXPECT_EQ(order(conversation_, ActorAction::resume), Errc::ok);
  pass(5000);
  expect(conversation_, 0, "");
  for (const auto& [stop, end, on] :
       {std::tuple(ActorAction::pause, ActorAction::resume, "paused by operator"),
        std::tuple(ActorAction::drain, ActorAction::release, "drained by operator"),
        std::tuple(ActorAction::quarantine, ActorAction::release, "release by operator")}) {
    EXPECT_EQ(order(connection, stop), Errc::ok);
    const std::string name(to_string(stop));
    write(name + "1");
    write(name + "2");
    expect(connection, 2, on);
    EXPECT_EQ(order(connection, end), Errc::ok);
    pass(5000);
    expect(connection, 0, "");
  }
}

TEST_F(SteeringTest, TheStateThatAListShowsIsTheStateThatItFinds) {
  write("m1");
  const std::string shop = actor_path::workspace(workspace_);
  EXPECT_EQ(order(shop, ActorAction::pause), Errc::ok);
  const auto paused = in_state("paused", shop);
  EXPECT_THAT(paused, testing::Contains(shop));
  EXPECT_THAT(paused, testing::Contains(conversation_)) << "paused with its workspace";
  EXPECT_THAT(in_state("running", shop), testing::IsEmpty());
  EXPECT_EQ(order(shop, ActorAction::resume), Errc::ok);
  EXPECT_THAT(in_state("running", shop), testing::Contains(conversation_));
}

TEST_F(SteeringTest, AConversationShowsWhatItWaitsForWithItsDeadline) {
  write("m1", "person", "Can I talk to a person?");
  const auto detail = look(conversation_);
  ASSERT_EQ(detail.timers_size(), 1) << detail.summary().json();
  EXPECT_EQ(detail.timers(0).what(), "handover");
  EXPECT_GT(detail.timers(0).due_at(), clock_.now_ms());
  EXPECT_EQ(detail.actor().next_timer_at(), detail.timers(0).due_at());
}

TEST_F(SteeringTest, WhatCannotBeSentIsShownWithItsAttempts) {
  provider_.fault_percent = 100;
  write("m1");
  pass(60'000);
  const std::string connection = actor_path::connection(workspace_, channel_id_);
  for (const std::string& path : {connection, conversation_}) {
    const auto detail = look(path);
    ASSERT_EQ(detail.outbox_size(), 1) << path;
    EXPECT_TRUE(detail.outbox(0).message_id().starts_with("msg_"));
    EXPECT_EQ(actor_path::conversation(
                  workspace_, *parse_id(IdType::conversation, detail.outbox(0).conversation_id())),
              conversation_);
    EXPECT_GE(detail.outbox(0).attempts(), 1);
    EXPECT_GT(detail.outbox(0).created_at(), 0);
  }
  provider_.fault_percent = 0;
  pass(20 * 60'000);
  EXPECT_EQ(look(connection).outbox_size(), 0);
}

TEST_F(SteeringTest, WhatComesForAPausedConversationWaitsForResume) {
  write("m1");
  EXPECT_EQ(order(conversation_, ActorAction::pause), Errc::ok);
  EXPECT_EQ(look(conversation_).actor().state(), "paused");
  write("m2");
  EXPECT_EQ(world_->count(Family::journal), 1u);
  EXPECT_EQ(order(conversation_, ActorAction::resume), Errc::ok);
  pass(1000);
  EXPECT_EQ(world_->count(Family::journal), 0u);
  EXPECT_EQ(provider_.accepted.size(), 2u);
  EXPECT_EQ(look(conversation_).actor().state(), "running");
  EXPECT_EQ(order(conversation_, ActorAction::resume), Errc::conflict);
}

TEST_F(SteeringTest, WhatCameForAPausedConnectionGoesOnAtOnceAndFirst) {
  write("m0");
  const std::string connection = actor_path::connection(workspace_, channel_id_);
  std::vector<std::string> came{"m0"};
  const auto stop_for_a_minute = [&](const std::string& path, ActorAction stop, ActorAction end) {
    EXPECT_EQ(order(path, stop), Errc::ok);
    for (int i = 0; i < 2; ++i) {
      came.push_back("m" + std::to_string(came.size()));
      accept(came.back());
      pass(30'000);
    }
    EXPECT_EQ(order(path, end), Errc::ok);
    came.push_back("m" + std::to_string(came.size()));
    accept(came.back());
    pass(500);
    EXPECT_EQ(world_->count(Family::journal), 0u) << path << " after " << to_string(stop);
  };
  stop_for_a_minute(connection, ActorAction::pause, ActorAction::resume);
  stop_for_a_minute(connection, ActorAction::quarantine, ActorAction::release);
  stop_for_a_minute(connection, ActorAction::drain, ActorAction::resume);
  stop_for_a_minute(actor_path::workspace(workspace_), ActorAction::pause, ActorAction::resume);
  EXPECT_EQ(inbound(), came);
}

TEST_F(SteeringTest, HoweverAConnectionComesBackNoEventOvertakesADroppedOne) {
  const std::string connection = actor_path::connection(workspace_, channel_id_);
  EXPECT_EQ(order(connection, ActorAction::pause), Errc::ok);
  accept("m1");
  world_->settle();
  OperatorOrder resume{connection, SteerActor{ActorAction::resume, {}}};
  caf::anon_send(world_->host().root(), std::move(resume));  // the ingress is not told
  accept("m2");
  world_->settle();
  EXPECT_EQ(world_->count(Family::journal), 2u);
  pass(1000);
  EXPECT_EQ(world_->count(Family::journal), 0u);
  EXPECT_EQ(inbound(), (std::vector<std::string>{"m1", "m2"}));
}

TEST_F(SteeringTest, WhatCameForAQuarantinedConversationIsAppliedInOrder) {
  write("m1");
  EXPECT_EQ(order(conversation_, ActorAction::quarantine), Errc::ok);
  pass(500);
  accept("m2");
  pass(250);
  accept("m3");
  pass(250);
  EXPECT_EQ(order(conversation_, ActorAction::release), Errc::ok);
  accept("m4");
  pass(1000);
  EXPECT_EQ(world_->count(Family::journal), 0u);
  EXPECT_EQ(inbound(), (std::vector<std::string>{"m1", "m2", "m3", "m4"}));
}

TEST_F(SteeringTest, WhoWaitsForAPausedOneIsToldAtOnce) {
  write("m1");
  api::MessageInput input;
  input.set_text("We open at nine.");
  const auto code = [&] {
    const auto sent = world_->ask<api::Message>([&](auto reply) {
      world_->host().commands().send_message(workspace_, person(), input, {}, std::move(reply));
    });
    return sent ? Errc::ok : sent.error().code;
  };
  const auto revoked = [&] {  // Meta waits for the answer
    const auto done = world_->ask<std::monostate>([&](auto reply) {
      world_->host().commands().revoke_channel(workspace_, channel_id_, 1, std::move(reply));
    });
    return done ? Errc::ok : done.error().code;
  };
  const std::string shop = actor_path::workspace(workspace_);
  for (const std::string& path : {conversation_, shop}) {
    EXPECT_EQ(order(path, ActorAction::pause), Errc::ok);
    EXPECT_EQ(code(), Errc::restarting) << path;
    EXPECT_EQ(revoked(), path == shop ? Errc::restarting : Errc::ok);
    EXPECT_EQ(order(path, ActorAction::resume), Errc::ok);
  }
  EXPECT_EQ(code(), Errc::ok);
  pass(1000);
  EXPECT_EQ(provider_.accepted.size(), 2u) << "what was refused does not come after all";
}

TEST_F(SteeringTest, APausedConversationTakesNobodysPlace) {
  write("m1");
  EXPECT_EQ(order(conversation_, ActorAction::pause), Errc::ok);
  for (int i = 0; i < 20 * limits::kWorkspaceInFlight; ++i)
    accept("held-" + std::to_string(i), "person");
  accept("other-1", "another");
  pass(3000);
  EXPECT_EQ(provider_.accepted.size(), 2u) << "the other one is answered";
  EXPECT_EQ(order(conversation_, ActorAction::resume), Errc::ok);
  pass(15'000);
  EXPECT_EQ(world_->count(Family::journal), 0u);
}

// The same one level up: paused connections and paused workspaces hold back nobody else.
TEST_F(SteeringTest, FourPausedShopsTakeNobodysPlace) {
  std::vector<std::string> paused;
  for (int n = 0; n < 4; ++n) {
    const std::string account = "page-" + std::to_string(n);
    const EngineWorld::Shop shop = world_->open_shop(account);
    paused.push_back(n < 2 ? actor_path::connection(shop.workspace, shop.channel)
                           : actor_path::workspace(shop.workspace));
    EXPECT_EQ(order(paused.back(), ActorAction::pause), Errc::ok);
    for (int i = 0; i < limits::kWorkspaceInFlight + 8; ++i)
      accept("held-" + std::to_string(n) + "-" + std::to_string(i), "person", "Hello", account);
  }
  pass(1000);
  write("open");
  pass(5000);
  EXPECT_EQ(provider_.accepted.size(), 1u) << "the open shop answers";
  for (const auto& path : paused) EXPECT_EQ(order(path, ActorAction::resume), Errc::ok);
  pass(60'000);
  EXPECT_EQ(world_->count(Family::journal), 0u);
}

TEST_F(SteeringTest, ARestartLosesNoEffectOfACommitOnItsWay) {
  write("m1");
  accept("m2", "person");
  // First the event is written to the journal; then it is decided, and its commit waits for the
  // disk.
  for (int i = 0; i < 2; ++i) {
    while (world_->run_job()) {
    }
    if (i == 0) world_->writer().run_group();
  }
  EXPECT_EQ(order(conversation_, ActorAction::restart), Errc::ok);
  pass(1000);
  EXPECT_EQ(provider_.accepted.size(), 2u) << "sent at once, not when somebody finds the row";
  EXPECT_EQ(world_->count(Family::outbox), 0u);
}

TEST_F(SteeringTest, APausedConnectionSendsNothing) {
  write("m1");
  const std::string connection = actor_path::connection(workspace_, channel_id_);
  EXPECT_EQ(order(connection, ActorAction::pause), Errc::ok);
  api::MessageInput input;
  input.set_text("We open at nine.");
  const auto sent = world_->ask<api::Message>([&](auto reply) {
    world_->host().commands().send_message(workspace_, person(), input, {}, std::move(reply));
  });
  ASSERT_TRUE(sent.has_value());
  pass(5000);
  EXPECT_EQ(provider_.accepted.size(), 1u);
  EXPECT_EQ(order(connection, ActorAction::resume), Errc::ok);
  pass(1000);
  EXPECT_EQ(provider_.accepted.size(), 2u);
}

TEST_F(SteeringTest, ARestartOfOneThatBacksOffKeepsWhatWasHeldForIt) {
  write("m1");
  world_->poison(workspace_, channel_id_, "m2");
  accept("m2");
  world_->settle();
  EXPECT_EQ(look(conversation_).actor().state(), "restarting");
  EXPECT_EQ(order(conversation_, ActorAction::pause), Errc::ok);
  accept("m3");
  world_->settle();
  EXPECT_EQ(world_->count(Family::journal), 2u);
  EXPECT_EQ(order(conversation_, ActorAction::restart), Errc::ok);
  world_->settle();
  EXPECT_EQ(world_->count(Family::journal), 1u) << "m3 was applied, at once";
}

TEST_F(SteeringTest, ADrainedConversationStopsAndComesBackWithWhatWasHeld) {
  write("m1");
  EXPECT_EQ(order(conversation_, ActorAction::drain), Errc::ok);
  pass(500);
  EXPECT_EQ(world_->services().live_conversations, 0);
  EXPECT_EQ(look(conversation_).actor().state(), "stopped");
  write("m2");
  EXPECT_EQ(world_->services().live_conversations, 0);
  EXPECT_EQ(order(conversation_, ActorAction::resume), Errc::ok);
  pass(1000);
  EXPECT_EQ(provider_.accepted.size(), 2u);
}

TEST_F(SteeringTest, AQuarantinedConversationTakesNothingAndLosesNothing) {
  write("m1");
  EXPECT_EQ(order(conversation_, ActorAction::quarantine), Errc::ok);
  pass(500);
  write("m2");
  pass(30'000);
  EXPECT_EQ(look(conversation_).actor().state(), "quarantined");
  EXPECT_EQ(world_->count(Family::dead_letter), 1u) << "refused for long, and kept";
  EXPECT_EQ(provider_.accepted.size(), 1u);
  EXPECT_EQ(order(conversation_, ActorAction::release), Errc::ok);
  write("m3");
  pass(1000);
  EXPECT_EQ(provider_.accepted.size(), 2u);
}

// A disk that does not respond: the conversation has decided its commit, and nothing writes it.
TEST_F(SteeringTest, WhoWaitsForACommitOver30SecondsIsShownAsStuck) {
  write("m1");
  accept("m2");
  world_->writer().run_group();  // the event is in the journal; nothing is written after it
  while (world_->run_job() || world_->pool().run_one()) {
  }
  const auto card = world_->services().directory.find(conversation_);
  ASSERT_NE(card->commit_since, 0);
  clock_.advance(std::chrono::milliseconds(29'999));
  EXPECT_EQ(stuck(), std::vector<std::string>{});
  clock_.advance(std::chrono::milliseconds(2));
  EXPECT_EQ(stuck(), std::vector<std::string>{conversation_});
  world_->settle();
  EXPECT_EQ(stuck(), std::vector<std::string>{}) << "the commit is durable";
  card->busy_since = steady_us() - 31'000'000;  // a handler that does not return
  EXPECT_EQ(stuck(), std::vector<std::string>{conversation_});
}

TEST_F(SteeringTest, EveryOrderIsAuditedAndWrongOnesRefused) {
  write("m1");
  EXPECT_EQ(order(conversation_, ActorAction::restart), Errc::ok);
  EXPECT_EQ(order("/engine", ActorAction::restart), Errc::unsupported);
  EXPECT_EQ(order("/engine/nobody", ActorAction::pause), Errc::not_found);
  EXPECT_EQ(order(actor_path::connection(workspace_, channel_id_), ActorAction::passivate),
            Errc::unsupported);
  EXPECT_EQ(audited(), (std::vector<std::string>{"actor.restart", "actor.restart"}))
      << "in the operator's chain and in the workspace's";
}

}  // namespace
}  // namespace aura::test
