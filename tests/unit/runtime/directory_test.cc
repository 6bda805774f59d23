// Actor cards: counters, followers, and what remains after an actor has ended.
#include "runtime/directory.h"

#include <gtest/gtest.h>

namespace aura {
namespace {

class DirectoryTest : public ::testing::Test {
 protected:
  Directory directory_;
  const ActorCardPtr root_ = directory_.open_root("engine", 1000);
  ActorCardPtr open(std::string_view id) {
    return directory_.open(root_, "partitions", "partition", id, 1000);
  }
};

TEST_F(DirectoryTest, TurnsFallIntoBucketsByPowersOfFour) {
  for (const auto& [us, bucket] :
       std::vector<std::pair<std::int64_t, std::size_t>>{{-1, 0},
                                                         {0, 0},
                                                         {1, 1},
                                                         {3, 1},
                                                         {4, 2},
                                                         {15, 2},
                                                         {16, 3},
                                                         {262'143, 9},
                                                         {262'144, 10},
                                                         {60'000'000, 10}})
    EXPECT_EQ(turn_bucket(us), bucket) << us;
}

TEST_F(DirectoryTest, AHandlerIsCountedAndWhatIsGoneStaysInItsKind) {
  const auto card = open("1");
  { const BusyScope scope(*card, 3); }
  EXPECT_EQ(card->mailbox, 3);
  EXPECT_EQ(card->processed, 1);
  EXPECT_EQ(card->busy_since, 0);
  EXPECT_EQ(card->depth, 1);
  directory_.close(*card);
  const auto gone = directory_.gone();
  EXPECT_EQ(gone.at("partition").processed, 1);
  EXPECT_EQ(directory_.find(card->path), nullptr);
  EXPECT_EQ(root_->children, 0);
}

TEST_F(DirectoryTest, RatesAreBetweenTwoLooksASecondApart) {
  const auto card = open("1");
  for (int i = 0; i < 10; ++i) const BusyScope scope(*card, 0);
  EXPECT_DOUBLE_EQ(card->rates(3000).per_second, 5);
  for (int i = 0; i < 10; ++i) const BusyScope scope(*card, 0);
  EXPECT_DOUBLE_EQ(card->rates(3500).per_second, 5) << "too soon: the same again";
  EXPECT_DOUBLE_EQ(card->rates(5000).per_second, 5);
  EXPECT_DOUBLE_EQ(card->rates(6000).per_second, 0);
}

TEST_F(DirectoryTest, OnlyWhoIsFollowedIsTraced) {
  const auto one = open("1"), eleven = open("11");
  std::vector<std::string> told;
  const auto number =
      directory_.follow(one->path, true, [&](const ActorCard& card, const TraceStep& step) {
        told.push_back(card.path + " " + step.step);
      });
  EXPECT_TRUE(one->traced);
  EXPECT_FALSE(eleven->traced) << "a longer name is not below";
  const auto below = directory_.open(one, "workspaces", "workspace", "ws_1", 1000);
  EXPECT_TRUE(below->traced) << "it came later";
  TraceStep step;
  step.step = "came";
  directory_.trace(*below, step);
  directory_.trace(*eleven, step);
  EXPECT_EQ(told, std::vector<std::string>{below->path + " came"});
  directory_.unfollow(number);
  EXPECT_FALSE(one->traced);
  EXPECT_FALSE(below->traced);
}

TEST_F(DirectoryTest, TheNewestFaultsAreKept) {
  for (int i = 0; i < 250; ++i) directory_.note_fault({i, "/engine/a", "restarting", "why"});
  const auto faults = directory_.faults();
  EXPECT_EQ(faults.size(), 200u);
  EXPECT_EQ(faults.front().at, 249);
}

}  // namespace
}  // namespace aura
