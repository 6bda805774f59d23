#include "runtime/random.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <vector>

namespace aura {
namespace {

TEST(Random, TheSameSeedGivesTheSameNumbersEverywhere) {
  SeededRandom random(5489);
  // The first number of mt19937_64 by the C++ standard.
  EXPECT_EQ(random.next(), 14514284786278117030ULL);
  SeededRandom a(7);
  SeededRandom b(7);
  SeededRandom other(8);
  const std::uint64_t first = a.uniform(0, 1'000'000);
  EXPECT_EQ(first, b.uniform(0, 1'000'000));
  EXPECT_NE(first, other.uniform(0, 1'000'000));
}

TEST(Random, UniformReachesBothEndsAndNothingElse) {
  SeededRandom random(1);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.uniform(3, 6));
  EXPECT_EQ(seen, (std::set<std::uint64_t>{3, 4, 5, 6}));
  EXPECT_EQ(random.uniform(9, 9), 9u);
  random.uniform(0, UINT64_MAX);
}

TEST(Random, RealStaysBelowOne) {
  SeededRandom random(1);
  double sum = 0;
  for (int i = 0; i < 10'000; ++i) {
    const double value = random.real();
    ASSERT_GE(value, 0.0);
    ASSERT_LT(value, 1.0);
    sum += value;
  }
  EXPECT_NEAR(sum / 10'000, 0.5, 0.02);
}

TEST(Random, ChanceKeepsItsShare) {
  SeededRandom random(1);
  int hits = 0;
  for (int i = 0; i < 10'000; ++i) hits += random.chance(1, 10) ? 1 : 0;
  EXPECT_NEAR(hits, 1000, 120);
  EXPECT_FALSE(random.chance(0, 10));
  EXPECT_TRUE(random.chance(10, 10));
  EXPECT_FALSE(random.chance(1, 0));
}

TEST(Random, JitterStaysWithinItsFraction) {
  using std::chrono::milliseconds;
  SeededRandom random(1);
  milliseconds low = milliseconds::max();
  milliseconds high = milliseconds::min();
  for (int i = 0; i < 1000; ++i) {
    const milliseconds value = random.jitter(milliseconds(1000), 0.2);
    low = std::min(low, value);
    high = std::max(high, value);
  }
  EXPECT_GE(low.count(), 800);
  EXPECT_LT(low.count(), 820);
  EXPECT_LE(high.count(), 1200);
  EXPECT_GT(high.count(), 1180);
}

TEST(Random, SystemBytesFillAnySize) {
  std::vector<unsigned char> bytes(10'000);  // more than one buffer
  fill_random(bytes.data(), bytes.size());
  std::array<int, 256> counts{};
  for (const unsigned char byte : bytes) ++counts[byte];
  for (const int count : counts) EXPECT_GT(count, 5);
  SystemRandom random;
  EXPECT_NE(random.next(), random.next());
}

}  // namespace
}  // namespace aura
