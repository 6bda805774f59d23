#include "actors/connection/filtered_share.h"

#include <gtest/gtest.h>

namespace aura {
namespace {

constexpr Millis kHour = 3'600'000;

class Filtered : public ::testing::Test {
 protected:
  std::optional<FilteredShare::Alert> end(int count, bool filtered, Millis at) {
    std::optional<FilteredShare::Alert> last;
    for (int i = 0; i < count; ++i)
      if (const auto alert = share_.ended(filtered, at)) last = alert;
    return last;
  }
  FilteredShare share_;
  const Millis start_ = 1'790'000'000'000;
};

TEST_F(Filtered, TwoInAHundredAreBorneMoreAreTold) {
  EXPECT_FALSE(end(196, false, start_));
  EXPECT_FALSE(end(4, true, start_));
  const auto alert = end(1, true, start_);
  ASSERT_TRUE(alert);
  EXPECT_EQ(alert->filtered, 5);
  EXPECT_EQ(alert->ended, 201);
}

TEST_F(Filtered, OneOrTwoOfFewSayNothing) {
  EXPECT_FALSE(end(2, true, start_));
  EXPECT_TRUE(end(1, true, start_));
}

TEST_F(Filtered, IsToldOnceADay) {
  EXPECT_TRUE(end(3, true, start_));
  EXPECT_FALSE(end(500, true, start_ + 23 * kHour));
  EXPECT_TRUE(end(1, true, start_ + 24 * kHour));
}

TEST_F(Filtered, WhatIsADayAgoCountsNoMore) {
  EXPECT_FALSE(end(2, true, start_));
  EXPECT_FALSE(end(2, true, start_ + 24 * kHour));
  EXPECT_FALSE(end(1000, false, start_ + 25 * kHour));
  EXPECT_FALSE(end(10, true, start_ + 25 * kHour)) << "12 of 1012";
}

}  // namespace
}  // namespace aura
