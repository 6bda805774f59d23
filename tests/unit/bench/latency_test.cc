#include "bench/support/latency.h"

#include <gtest/gtest.h>

namespace aura::bench {
namespace {

using std::chrono::microseconds;

TEST(LatencyHistogram, QuantilesAreExactToTheBucketWidth) {
  LatencyHistogram histogram;
  for (int us = 1; us <= 100'000; ++us) histogram.record(microseconds(us));
  EXPECT_NEAR(histogram.quantile_us(0.5), 50'000, 50'000 * 0.016);
  EXPECT_NEAR(histogram.quantile_us(0.99), 99'000, 99'000 * 0.016);
  EXPECT_EQ(histogram.quantile_us(1), 100'000);
  EXPECT_EQ(histogram.max_us(), 100'000);
  EXPECT_EQ(histogram.count(), 100'000u);
}

TEST(LatencyHistogram, SmallValuesAreExactAndOneSlowOneIsSeen) {
  LatencyHistogram histogram;
  for (int i = 0; i < 999; ++i) histogram.record(microseconds(100));
  histogram.record(std::chrono::hours(1));
  EXPECT_EQ(histogram.quantile_us(0.5), 100);
  EXPECT_EQ(histogram.quantile_us(0.999), 100);
  EXPECT_EQ(histogram.quantile_us(0.9999), 3.6e9);
}

TEST(LatencyHistogram, MergingIsAddingAndEmptyIsZero) {
  LatencyHistogram a;
  EXPECT_EQ(a.quantile_us(0.99), 0);
  LatencyHistogram b;
  a.record(microseconds(10));
  b.record(microseconds(20));
  a.merge(b);
  EXPECT_EQ(a.count(), 2u);
  EXPECT_EQ(a.quantile_us(0.5), 10);
  EXPECT_EQ(a.quantile_us(1), 20);
}

}  // namespace
}  // namespace aura::bench
