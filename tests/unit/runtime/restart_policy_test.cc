#include "runtime/restart_policy.h"

#include <gtest/gtest.h>

namespace aura {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class RestartPolicyTest : public testing::Test {
 protected:
  std::optional<milliseconds> fail_after(milliseconds pause) {
    now_ += pause;
    return policy_.on_failure(now_, random_);
  }
  void expect_about(std::optional<milliseconds> delay, milliseconds base) {
    ASSERT_TRUE(delay);
    EXPECT_GE(delay->count(), base.count() * 8 / 10);
    EXPECT_LE(delay->count(), base.count() * 12 / 10);
  }

  SeededRandom random_{42};
  RestartPolicy policy_;
  RestartPolicy::Time now_{seconds(1'000'000)};
};

TEST_F(RestartPolicyTest, DelaysDoubleWithJitter) {
  for (const int base : {50, 100, 200, 400, 800})
    expect_about(fail_after(seconds(1)), milliseconds(base));
}

TEST_F(RestartPolicyTest, TheSixthFailureInAMinuteQuarantines) {
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(fail_after(seconds(1)));
  EXPECT_FALSE(policy_.quarantined());
  EXPECT_FALSE(fail_after(seconds(1)));
  EXPECT_TRUE(policy_.quarantined());
}

TEST_F(RestartPolicyTest, QuarantineDoesNotEndByItself) {
  for (int i = 0; i < 6; ++i) fail_after(milliseconds(1));
  EXPECT_FALSE(fail_after(seconds(3600)));
  EXPECT_TRUE(policy_.quarantined());
}

TEST_F(RestartPolicyTest, AfterAQuietMinuteItIsAsNewUnlessQuarantined) {
  const auto delay = fail_after(seconds(0));
  ASSERT_TRUE(delay);
  EXPECT_FALSE(policy_.as_new(now_ + seconds(60)));
  EXPECT_TRUE(policy_.as_new(now_ + seconds(60) + *delay));
  for (int i = 0; i < 6; ++i) fail_after(milliseconds(1));
  EXPECT_FALSE(policy_.as_new(now_ + seconds(3600)));
}

TEST_F(RestartPolicyTest, TheWindowSlides) {
  EXPECT_TRUE(fail_after(seconds(1)));
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(fail_after(seconds(10)));
  EXPECT_FALSE(policy_.quarantined());
  EXPECT_TRUE(fail_after(seconds(20))) << "the first failure is 60 s ago";
  EXPECT_FALSE(fail_after(seconds(9))) << "the second one is not";
}

TEST_F(RestartPolicyTest, SparseFailuresReachTheLongestDelayAndStayThere) {
  std::optional<milliseconds> delay;
  for (int i = 0; i < 40; ++i) delay = fail_after(seconds(15));
  expect_about(delay, seconds(30));
}

TEST_F(RestartPolicyTest, AQuietMinuteAfterTheRestartResetsTheDelay) {
  std::optional<milliseconds> delay;
  for (int i = 0; i < 3; ++i) delay = fail_after(seconds(1));
  expect_about(delay, milliseconds(200));
  // Not yet: the quiet minute counts from the restart, which happened after the failure.
  delay = fail_after(seconds(60));
  expect_about(delay, milliseconds(400));
  delay = fail_after(seconds(60) + *delay);
  expect_about(delay, milliseconds(50));
}

TEST_F(RestartPolicyTest, TheSameSeedGivesTheSameDelays) {
  RestartPolicy other;
  SeededRandom random(42);
  for (int i = 0; i < 5; ++i) {
    const auto delay = fail_after(seconds(1));
    EXPECT_EQ(delay, other.on_failure(now_, random));
  }
}

}  // namespace
}  // namespace aura
