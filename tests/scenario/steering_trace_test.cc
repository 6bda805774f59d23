// The live trace of an actor and of all below it.
#include <gmock/gmock.h>

#include "tests/scenario/steering_fixture.h"

namespace aura::test {
namespace {

TEST_F(SteeringTest, TheTraceOfAWorkspaceTellsWhatItAndItsPartsDo) {
  write("m1");
  std::vector<std::string> steps;
  const std::string shop = actor_path::workspace(workspace_);
  auto following = operations_->trace(shop, [&](const api::TraceEvent& event) {
    steps.push_back(event.path().substr(shop.size()) + " " + event.step() + " " + event.what() +
                    " " + event.detail());
    return true;
  });
  api::ItemInput cake;
  cake.set_name("Secret cake");
  api::WorkspaceInput renamed;
  renamed.set_name("Secret shop");
  EXPECT_TRUE(world_->ask<api::Item>([&](auto reply) {
    world_->host().commands().create_item(workspace_, cake, {}, std::move(reply));
  }));
  EXPECT_TRUE(world_->ask<api::Workspace>([&](auto reply) {
    world_->host().commands().update_workspace(workspace_, renamed, std::move(reply));
  }));
  write("m2");
  for (const char* step : {"/catalog came create_item ", "/catalog ended create_item committed",
                           " came update_workspace ", " ended update_workspace committed",
                           "/agent came propose_turn ", "/agent ended propose_turn asked"})
    EXPECT_THAT(steps, testing::Contains(std::string(step)));
  EXPECT_THAT(steps, testing::Not(testing::Contains(testing::HasSubstr("Secret"))));
  EXPECT_GE(look(shop).recent_size(), 1);
}

TEST_F(SteeringTest, ATurnThatWaitsForTheIndexCameBeforeItWaits) {
  write("m1");
  api::ItemInput cake;
  cake.set_name("Cake");  // the index is made anew for the next turn
  EXPECT_TRUE(world_->ask<api::Item>([&](auto reply) {
    world_->host().commands().create_item(workspace_, cake, {}, std::move(reply));
  }));
  std::vector<std::string> steps;
  auto following = operations_->trace(
      actor_path::workspace(workspace_) + "/agent", [&](const api::TraceEvent& event) {
        steps.push_back(event.step() + " " + event.what() + " " + event.detail());
        return true;
      });
  ASSERT_NE(following, nullptr);
  write("m2");
  EXPECT_EQ(steps, (std::vector<std::string>{"came propose_turn ",
                                             "ended propose_turn waits for the index",
                                             "ended propose_turn asked"}));
}

TEST_F(SteeringTest, TheTraceTellsTheStepsOfOneMessage) {
  write("m1");
  std::vector<std::string> steps;
  auto following = operations_->trace(conversation_, [&](const api::TraceEvent& event) {
    steps.push_back(event.step() + " " + event.what());
    return true;
  });
  ASSERT_NE(following, nullptr);
  write("m2");
  const std::vector<std::string> first(steps.begin(),
                                       steps.begin() + std::min<std::size_t>(3, steps.size()));
  EXPECT_EQ(first, (std::vector<std::string>{"came apply_event", "decided decision",
                                             "ended apply_event"}));
  following.reset();
  const auto told = steps.size();
  write("m3");
  EXPECT_EQ(steps.size(), told);
  EXPECT_EQ(operations_->trace("/engine/nobody", [](const api::TraceEvent&) { return true; }),
            nullptr);
}

}  // namespace
}  // namespace aura::test
