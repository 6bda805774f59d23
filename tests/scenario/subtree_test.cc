// Orders to a workspace or a partition concern all actors below it, and actors that are stored but
// not in memory take orders too.
#include <set>

#include "tests/scenario/steering_fixture.h"

namespace aura::test {
namespace {

class SubtreeTest : public SteeringTest {
 protected:
  std::vector<std::string> above() const {
    return {actor_path::workspace(workspace_), actor_path::partition(workspace_)};
  }
  std::string connection() const { return actor_path::connection(workspace_, channel_id_); }
  Errc send(const std::string& text) {
    api::MessageInput input;
    input.set_text(text);
    const auto sent = world_->ask<api::Message>([&](auto reply) {
      world_->host().commands().send_message(workspace_, person(), input, {}, std::move(reply));
    });
    return sent ? Errc::ok : sent.error().code;
  }
  // A send that the provider refused waits when the order comes, and stays for ten minutes.
  void hold_a_send(const std::string& path, ActorAction action) {
    write("m1" + path);
    provider_.fault_percent = 100;
    ASSERT_EQ(send("We open at nine."), Errc::ok);
    pass(250);
    ASSERT_EQ(order(path, action), Errc::ok);
    const auto before = provider_.accepted.size();  // the faulty call may have been accepted
    provider_.fault_percent = 0;
    pass(10 * 60'000);
    EXPECT_EQ(provider_.accepted.size(), before) << path;
  }
  std::string state(const std::string& path) { return look(path).actor().state(); }
};

TEST_F(SubtreeTest, AWorkspaceComesBackWithAllBelowIt) {
  write("m1");
  EXPECT_EQ(order(actor_path::workspace(workspace_), ActorAction::restart), Errc::ok);
  pass(1000);
  write("m2");
  EXPECT_EQ(provider_.accepted.size(), 2u);
  EXPECT_EQ(look(actor_path::workspace(workspace_)).actor().state(), "running");
}

TEST_F(SubtreeTest, AWorkspacesConversationsLeaveMemoryTogether) {
  write("m1");
  EXPECT_EQ(world_->services().live_conversations, 1);
  EXPECT_EQ(order(actor_path::workspace(workspace_), ActorAction::passivate), Errc::ok);
  pass(500);
  EXPECT_EQ(world_->services().live_conversations, 0);
  EXPECT_EQ(look(conversation_).actor().state(), "passivated") << "shown from its row";
}

TEST_F(SubtreeTest, PassivatedConversationsAreListedPageByPage) {
  write("m1", "person");
  write("m2", "other");
  write("m3", "third");
  const auto list = [&](const std::string& below, const std::string& after = {}) {
    ActorQuery query;
    query.path = below;
    query.state = "passivated";
    query.limit = 2;
    query.after = after;
    api::ActorList told;
    operations_->actors(query, [&](auto result) { told = std::move(result).value(); });
    while (world_->pool().run_one()) {
    }
    return told;
  };
  EXPECT_EQ(list("/engine").data_size(), 0) << "all are in memory";
  ASSERT_EQ(order(actor_path::workspace(workspace_), ActorAction::passivate), Errc::ok);
  pass(500);
  write("m4", "other");  // wakes one
  const auto first = list("/engine");
  std::set<std::string> paths;
  for (const auto& actor : first.data()) {
    EXPECT_EQ(actor.state(), "passivated");
    paths.insert(actor.path());
  }
  const auto rest = list("/engine", first.next());
  for (const auto& actor : rest.data()) paths.insert(actor.path());
  EXPECT_FALSE(rest.has_next());
  const auto path = [&](const char* thread) {
    return actor_path::conversation(workspace_, conversation::conversation_id(channel_id_, thread));
  };
  EXPECT_EQ(paths, (std::set{path("person"), path("third")}));
  EXPECT_EQ(list(path("third")).data_size(), 1);
  EXPECT_EQ(list(actor_path::connection(workspace_, channel_id_)).data_size(), 0);
}

TEST_F(SubtreeTest, WhatWaitsToGoOutWaitsWhileAnActorAboveIsPaused) {
  for (const std::string& path : above()) {
    hold_a_send(path, ActorAction::pause);
    const auto before = provider_.accepted.size();
    EXPECT_EQ(state(connection()), "paused") << path;
    ASSERT_EQ(order(path, ActorAction::resume), Errc::ok);
    pass(1000);
    EXPECT_EQ(provider_.accepted.size(), before + 1) << path;
    EXPECT_EQ(state(connection()), "running") << path;
  }
}

TEST_F(SubtreeTest, WhatWaitsToGoOutGoesWhenADrainEnds) {
  for (const std::string& path : above()) {
    hold_a_send(path, ActorAction::drain);
    const auto before = provider_.accepted.size();
    ASSERT_EQ(order(path, ActorAction::resume), Errc::ok);
    pass(10 * 60'000);
    EXPECT_EQ(provider_.accepted.size(), before + 1) << path;
  }
}

TEST_F(SubtreeTest, APartitionsConversationsLeaveMemoryTogether) {
  write("m1");
  EXPECT_EQ(order(actor_path::partition(workspace_), ActorAction::passivate), Errc::ok);
  pass(500);
  EXPECT_EQ(world_->services().live_conversations, 0);
}

TEST_F(SubtreeTest, WhatIsNotInMemoryIsShownAndTakesOrders) {
  const Id quiet = world_->open_shop("quiet").workspace;
  api::ChannelInput chat;
  chat.set_type(api::CHANNEL_TYPE_WEBCHAT);
  const auto made = world_->ask<api::Channel>([&](auto reply) {
    world_->host().commands().create_channel(quiet, chat, {}, std::move(reply));
  });
  const std::string path =
      actor_path::connection(quiet, *parse_id(IdType::channel, made.value().id()));
  start_again();
  EXPECT_EQ(state(path), "passivated");
  ASSERT_EQ(order(path, ActorAction::pause), Errc::ok);
  EXPECT_EQ(state(path), "paused");
  ASSERT_EQ(order(path, ActorAction::resume), Errc::ok);
  EXPECT_EQ(state(path), "running");
}

TEST_F(SubtreeTest, AConnectionShowsWhenItsNextSendIsDue) {
  write("m1");
  provider_.fault_percent = 100;
  ASSERT_EQ(send("We open at nine."), Errc::ok);
  pass(250);
  const auto detail = look(connection());
  ASSERT_EQ(detail.timers_size(), 1) << detail.summary().json();
  EXPECT_EQ(detail.actor().next_timer_at(), detail.timers(0).due_at());
}

// The engine can do nothing without its ingress: only a new process may help.
TEST_F(SubtreeTest, TheProcessEndsIfAnActorThatAllDependOnKeepsFailing) {
  std::vector<std::string> gave_up;
  start_again();
  world_->services().give_up = [&](const std::string& path) { gave_up.push_back(path); };
  world_->reader_seam().fails = Family::journal;
  pass(60'000);
  EXPECT_EQ(gave_up, std::vector<std::string>{"/engine/ingress"});
}

}  // namespace
}  // namespace aura::test
