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

constexpr std::int64_t kSecond = 1'000'000, kSlot = RecentWork::kSlotUs;

// `times` handlers of a tenth of a second each that ended at `at`.
void work(ActorCard& card, int times, std::int64_t at) {
  for (int i = 0; i < times; ++i) card.count_handler(at, kSecond / 10);
}

TEST_F(DirectoryTest, RatesAreOfTheLastTenToTwentySecondsWhoeverLooks) {
  const auto card = open("1");
  const std::int64_t slot = RecentWork::slot_of(card->born_us) + 2 * kSlot;
  work(*card, 60, slot + kSecond);
  EXPECT_DOUBLE_EQ(card->rates(slot + 2 * kSecond).per_second, 60.0 / 12);
  EXPECT_DOUBLE_EQ(card->rates(slot + 2 * kSecond).per_second, 60.0 / 12) << "a second look";
  EXPECT_DOUBLE_EQ(card->rates(slot + 5 * kSecond).busy_share, 6.0 / 15);
  EXPECT_DOUBLE_EQ(card->rates(slot + 15 * kSecond).per_second, 60.0 / 15) << "in the slot before";
  work(*card, 15, slot + 15 * kSecond);
  EXPECT_DOUBLE_EQ(card->rates(slot + 15 * kSecond).per_second, 75.0 / 15);
  EXPECT_DOUBLE_EQ(card->rates(slot + 20 * kSecond).per_second, 15.0 / 10) << "the 60 are too old";
  EXPECT_DOUBLE_EQ(card->rates(slot + 30 * kSecond).per_second, 0);
  work(*card, 20, slot + 95 * kSecond);
  EXPECT_DOUBLE_EQ(card->rates(slot + 95 * kSecond).per_second, 20.0 / 15) << "after a long rest";
}

TEST_F(DirectoryTest, AYoungActorsRateIsThatOfItsLife) {
  const auto card = open("1");
  work(*card, 5, card->born_us);
  EXPECT_DOUBLE_EQ(card->rates(card->born_us).per_second, 5) << "at least over a second";
  EXPECT_DOUBLE_EQ(card->rates(card->born_us + 2 * kSecond).per_second, 2.5);
}

TEST_F(DirectoryTest, AnActorThatHangsIsBusy) {
  const auto card = open("1");
  card->busy_since = card->born_us;
  EXPECT_DOUBLE_EQ(card->rates(card->born_us + 2 * kSecond).busy_share, 1);
  const std::int64_t later = RecentWork::slot_of(card->born_us) + 60 * kSecond;
  EXPECT_DOUBLE_EQ(card->rates(later).busy_share, 1) << "never more than one processor";
  for (int second = 0; second < 20; ++second)
    EXPECT_DOUBLE_EQ(card->rates(later + second * kSecond).busy_share, 1) << second;
}

TEST_F(DirectoryTest, AHandlersTimeIsSplitOverTheSlotsInWhichItRan) {
  const auto card = open("1");
  const std::int64_t slot = RecentWork::slot_of(card->born_us) + 4 * kSlot;
  card->count_handler(slot + 4 * kSecond, 7 * kSecond);  // 3 s of them in the slot before
  EXPECT_DOUBLE_EQ(card->rates(slot + 4 * kSecond).busy_share, 7.0 / 14);
  EXPECT_DOUBLE_EQ(card->rates(slot + 10 * kSecond).busy_share, 4.0 / 10) << "the 3 s are too old";
  card->count_handler(slot + 35 * kSecond, 31 * kSecond);
  EXPECT_DOUBLE_EQ(card->rates(slot + 35 * kSecond).busy_share, 1);
  EXPECT_EQ(card->busy_us, 38 * kSecond);
}

TEST_F(DirectoryTest, TheRateOfAKindContainsActorsThatHaveEnded) {
  const auto one = open("1"), two = open("2");
  const std::int64_t now = steady_us();
  work(*one, 30, now);
  work(*two, 30, now);
  directory_.close(*one);
  RecentWork both = directory_.gone().at("partition").recent;
  both += two->recent(now);
  const std::int64_t later = RecentWork::slot_of(now) + 20 * kSecond - 1;
  EXPECT_NEAR(both.rates(later, 0).per_second, 60.0 / 20, 0.01);
}

TEST_F(DirectoryTest, AMailboxGrowsOnlyInFrontOfARunningHandler) {
  const auto card = open("1");
  note_arrival(*card);
  EXPECT_EQ(card->mailbox, 0) << "the handler will count it when it begins";
  const BusyScope scope(*card, 1);
  note_arrival(*card);
  note_arrival(*card);
  EXPECT_EQ(card->mailbox, 3);
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
