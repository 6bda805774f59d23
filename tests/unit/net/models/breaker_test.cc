#include "net/providers/models/breaker.h"

#include <gtest/gtest.h>

#include "config/limits.h"

namespace aura::net::models {
namespace {

using std::chrono::seconds;

TEST(BreakerTest, RestsAfterFailuresInARowAndThenTriesOneCallAtATime) {
  Breaker breaker;
  Breaker::Time now{};
  for (int i = 0; i < 2 * limits::kBreakerFailures; ++i) {
    ASSERT_TRUE(breaker.admit(now));
    if (i == limits::kBreakerFailures - 1) breaker.succeeded();
    if (i != limits::kBreakerFailures - 1) breaker.failed(now, std::nullopt);
  }
  EXPECT_FALSE(breaker.admit(now));
  now += limits::kModelRest;
  EXPECT_TRUE(breaker.admit(now));
  EXPECT_FALSE(breaker.admit(now)) << "one at a time";
  breaker.dropped();
  EXPECT_TRUE(breaker.admit(now));
  breaker.failed(now, std::nullopt);
  EXPECT_FALSE(breaker.admit(now + limits::kModelRest - seconds(1)));
  now += limits::kModelRest;
  EXPECT_TRUE(breaker.admit(now));
  breaker.succeeded();
  EXPECT_TRUE(breaker.admit(now));
  EXPECT_TRUE(breaker.admit(now));
}

TEST(BreakerTest, RestsAsLongAsTheProviderAsksWithinABound) {
  Breaker breaker;
  const Breaker::Time now{};
  ASSERT_TRUE(breaker.admit(now));
  breaker.failed(now, seconds(7));
  EXPECT_FALSE(breaker.admit(now + seconds(6)));
  ASSERT_TRUE(breaker.admit(now + seconds(7)));
  breaker.failed(now, std::chrono::hours(24));
  EXPECT_TRUE(breaker.admit(now + limits::kModelRestMost));
}

}  // namespace
}  // namespace aura::net::models
