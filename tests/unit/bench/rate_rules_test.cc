// The rate limits of the simulated providers.
#include "bench/sim/rate_rules.h"

#include <gtest/gtest.h>

#include "tests/unit/bench/provider_fixture.h"

namespace aura::bench {
namespace {

using Verdict = RateRules::Verdict;

TEST(RateRules, AnAccountTakesItsRateASecond) {
  RateRules rules;
  const RateLimits limits{.account_per_second = 80};
  int taken = 0;
  for (int i = 0; i < 200; ++i) taken += rules.take(limits, "a", "c", 100) == Verdict::taken;
  EXPECT_EQ(taken, 80);
  EXPECT_EQ(rules.take(limits, "b", "c", 100), Verdict::taken) << "another account";
  taken = 0;
  for (int i = 0; i < 200; ++i) taken += rules.take(limits, "a", "c", 100.5) == Verdict::taken;
  EXPECT_EQ(taken, 40) << "half a second later";
}

TEST(RateRules, APairHasABurstThatBorrowsFromTheFuture) {
  RateRules rules;
  const RateLimits limits{.pair_interval_seconds = 6, .pair_burst = 45};
  for (int i = 0; i < 45; ++i) ASSERT_EQ(rules.take(limits, "a", "c", 0), Verdict::taken) << i;
  EXPECT_EQ(rules.take(limits, "a", "c", 0), Verdict::over_pair);
  EXPECT_EQ(rules.take(limits, "a", "d", 0), Verdict::taken) << "another contact";
  EXPECT_EQ(rules.take(limits, "a", "c", 5.9), Verdict::over_pair);
  EXPECT_EQ(rules.take(limits, "a", "c", 6), Verdict::taken) << "one interval later, one more";
  EXPECT_EQ(rules.take(limits, "a", "c", 6), Verdict::over_pair);
}

TEST(RateRules, WhatIsRefusedForOneCostsNothingOfTheOther) {
  RateRules rules;
  const RateLimits limits{.account_per_second = 2, .pair_interval_seconds = 6, .pair_burst = 1};
  EXPECT_EQ(rules.take(limits, "a", "c", 0), Verdict::taken);
  EXPECT_EQ(rules.take(limits, "a", "c", 0), Verdict::over_pair);
  EXPECT_EQ(rules.take(limits, "a", "d", 0), Verdict::taken);
  EXPECT_EQ(rules.take(limits, "a", "e", 0), Verdict::over_account);
}

TEST(RateRules, GoodputCountsFromTheFirstCallOverTheLimitUntilTheLimitChanges) {
  RateRules rules;
  const RateLimits tight{.account_per_second = 2};
  EXPECT_EQ(rules.take(tight, "a", "c", 0), Verdict::taken);
  EXPECT_EQ(rules.take(tight, "a", "c", 0), Verdict::taken);
  EXPECT_EQ(rules.goodput().allowed, 0) << "no limit was met";
  EXPECT_EQ(rules.take(tight, "a", "c", 0), Verdict::over_account);
  EXPECT_EQ(rules.take(tight, "a", "c", 1), Verdict::taken);
  EXPECT_EQ(rules.take(tight, "a", "c", 5), Verdict::taken);
  EXPECT_EQ(rules.goodput().taken, 2);
  EXPECT_EQ(rules.goodput().allowed, 10) << "five seconds at two a second";
  const RateLimits wide{.account_per_second = 300};
  EXPECT_EQ(rules.take(wide, "a", "c", 6), Verdict::taken);
  EXPECT_EQ(rules.take(wide, "a", "c", 60), Verdict::taken);
  EXPECT_EQ(rules.goodput().allowed, 12) << "the limit is no longer met";
  EXPECT_EQ(rules.goodput().taken, 2);
}

using RateAnswers = ProviderTest;

TEST_F(RateAnswers, EveryProviderSaysItInItsOwnWords) {
  set(R"({"account_per_second":1,"whatsapp":{"pair_interval_seconds":6,"pair_burst":1}})");
  const std::string hello = R"({"recipient":{"id":"7"},"message":{"text":"x"}})";
  EXPECT_EQ(call("POST", "/v25.0/100/messages", hello).status, 200);
  const auto meta = call("POST", "/v25.0/100/messages", hello);
  EXPECT_EQ(meta.status, 429);
  EXPECT_TRUE(holds(meta.body, R"("code":613)"));
  EXPECT_EQ(meta.extra_headers, "Retry-After: 1\r\n");
  const auto whatsapp = [](const std::string& to) {
    return R"({"messaging_product":"whatsapp","to":")" + to + R"(","text":{"body":"x"}})";
  };
  EXPECT_EQ(call("POST", "/v25.0/440/messages", whatsapp("+15557654321")).status, 200);
  EXPECT_TRUE(holds(call("POST", "/v25.0/440/messages", whatsapp("+15557654322")).body,
                    R"("code":130429)"));
  EXPECT_EQ(intake_.refused(Channel::messenger, Refusal::Why::account_rate), 1u);
  EXPECT_EQ(intake_.refused(Channel::whatsapp, Refusal::Why::account_rate), 1u);
  EXPECT_EQ(intake_.refused(Channel::whatsapp, Refusal::Why::pair_rate), 0u);
  now_ms_ += 1500;
  EXPECT_TRUE(holds(call("POST", "/v25.0/440/messages", whatsapp("+15557654321")).body,
                    R"("code":131056)"));
  now_ms_ += 5000;
  EXPECT_EQ(call("POST", "/v25.0/440/messages", whatsapp("+15557654321")).status, 200);
}

}  // namespace
}  // namespace aura::bench
