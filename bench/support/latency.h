// A latency histogram with buckets about 1.6 % wide, from 1 µs to over an hour: cheap to record,
// mergeable, and precise enough for p99.9. A value type; one thread at a time.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace aura::bench {

class LatencyHistogram {
 public:
  void record(std::chrono::nanoseconds value);
  void merge(const LatencyHistogram& other);
  void clear() { *this = {}; }
  std::uint64_t count() const { return count_; }
  double quantile_us(double q) const;  // upper edge of the bucket; 0 if empty
  double max_us() const { return static_cast<double>(max_us_); }

 private:
  static constexpr int kSubBits = 6;  // 64 buckets per power of two
  static constexpr int kBuckets = 28 << kSubBits;
  static int index_of(std::uint64_t us);
  static std::uint64_t upper_edge(int index);

  std::array<std::uint64_t, kBuckets> buckets_{};
  std::uint64_t count_ = 0;
  std::uint64_t max_us_ = 0;
};

}  // namespace aura::bench
