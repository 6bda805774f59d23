#include "actors/connection/refusal_log.h"

#include <gtest/gtest.h>

namespace aura {
namespace {

TEST(RefusalLog, ALineASecondStandsForAllOfItsCode) {
  RefusalLog log;
  EXPECT_EQ(log.note("rejected", "100/33", 5'000), 1u);
  for (int i = 0; i < 8'000; ++i) EXPECT_EQ(log.note("rejected", "100/33", 5'000 + i / 10), 0u);
  EXPECT_EQ(log.note("rejected", "100/33", 6'000), 8'001u);
  EXPECT_EQ(log.note("rejected", "100/33", 7'500), 1u);
}

TEST(RefusalLog, EachCodeHasItsOwn) {
  RefusalLog log;
  EXPECT_EQ(log.note("rejected", "1", 0), 1u);
  EXPECT_EQ(log.note("rejected", "2", 0), 1u);
  EXPECT_EQ(log.note("rate_limited", "2", 0), 1u);
  EXPECT_EQ(log.note("rejected", "1", 0), 0u);
}

TEST(RefusalLog, IsBounded) {
  RefusalLog log;
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(log.note("rejected", std::to_string(i), 0), 1u);
}

}  // namespace
}  // namespace aura
