#include "bench/support/latency.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace aura::bench {

// Values below 64 µs have a bucket each; above, the top 7 bits choose the bucket.
int LatencyHistogram::index_of(std::uint64_t us) {
  const int exponent = std::max(0, static_cast<int>(std::bit_width(us)) - (kSubBits + 1));
  const int index = (exponent << kSubBits) + static_cast<int>(us >> exponent);
  return std::min(index, kBuckets - 1);
}

std::uint64_t LatencyHistogram::upper_edge(int index) {
  const int exponent = std::max(0, (index >> kSubBits) - 1);
  const auto mantissa = static_cast<std::uint64_t>(index - (exponent << kSubBits));
  return ((mantissa + 1) << exponent) - 1;
}

void LatencyHistogram::record(std::chrono::nanoseconds value) {
  const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(0, value.count() / 1000));
  ++buckets_[index_of(us)];
  ++count_;
  max_us_ = std::max(max_us_, us);
}

void LatencyHistogram::merge(const LatencyHistogram& other) {
  for (int i = 0; i < kBuckets; ++i) buckets_[i] += other.buckets_[i];
  count_ += other.count_;
  max_us_ = std::max(max_us_, other.max_us_);
}

double LatencyHistogram::quantile_us(double q) const {
  if (count_ == 0) return 0;
  const auto rank = static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (int i = 0; i < kBuckets; ++i) {
    seen += buckets_[i];
    if (seen >= std::max<std::uint64_t>(rank, 1)) {
      return static_cast<double>(std::min(upper_edge(i), max_us_));
    }
  }
  return max_us();
}

}  // namespace aura::bench
