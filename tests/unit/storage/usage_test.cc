#include "storage/usage.h"

#include <gtest/gtest.h>

namespace aura::storage {
namespace {

using namespace std::chrono_literals;

// Over the process's whole life, a disk that becomes slow would hardly show.
TEST(SyncTimesTest, ShowWhatHappenedSinceTheLastLook) {
  auto writes = metrics::histogram("aura_storage_group_write_seconds", "");
  std::chrono::steady_clock::time_point now{1h};
  SyncTimes times;
  for (int i = 0; i < 10'000; ++i) writes.observe(0.0008);
  EXPECT_LT(times.look(now).p99_us(), 2'000);
  for (int i = 0; i < 10; ++i) writes.observe(0.9);
  EXPECT_LT(times.look(now + 999ms).p99_us(), 2'000) << "too soon";
  const auto slow = times.look(now += 1s);
  EXPECT_GT(slow.p50_us(), 400'000);
  EXPECT_GE(slow.count(), 10'010) << "of the process";
  EXPECT_EQ(times.look(now += 1min).p50_us(), slow.p50_us()) << "nothing was written";
  writes.observe(0.0008);
  EXPECT_LT(times.look(now += 1s).p50_us(), 2'000);
}

}  // namespace
}  // namespace aura::storage
