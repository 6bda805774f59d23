// The send rate of a connection: pace per contact, priorities, usage figures, and simulations of
// providers that refuse sends beyond a rate.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <queue>

#include "actors/connection/outbox_queue.h"
#include "actors/connection/pace_clock.h"
#include "actors/connection/send_rate.h"
#include "config/limits.h"

namespace aura::test {
namespace {

OutboxEntry entry_of(std::uint64_t sequence, const std::string& conversation,
                     api::Priority priority = api::PRIORITY_INTERACTIVE, bool person = false) {
  OutboxEntry entry;
  entry.sequence = sequence;
  entry.row.set_conversation(conversation);
  entry.row.set_message("m" + std::to_string(sequence));
  entry.row.set_priority(priority);
  entry.row.set_written_by_person(person);
  return entry;
}

std::vector<std::uint64_t> taken(OutboxQueue& queue, Millis now) {
  std::vector<std::uint64_t> out;
  for (const auto* entry : queue.take(now)) out.push_back(entry->sequence);
  return out;
}
using Sequences = std::vector<std::uint64_t>;

// A wall clock that can be set, and a monotonic clock that cannot.
struct SettableClock final : Clock {
  Millis wall = 1'000'000, passed = 0;
  Millis now_ms() const override { return wall; }
  std::chrono::steady_clock::time_point monotonic() const override {
    return std::chrono::steady_clock::time_point(std::chrono::milliseconds(passed));
  }
  void advance(Millis by) {
    wall += by;
    passed += by;
  }
};

TEST(PaceClock, IsNeverSetBack) {
  SettableClock clock;
  PaceClock pace(clock);
  clock.advance(500);
  EXPECT_EQ(pace.now(), 1'000'500);
  clock.wall -= 3'600'000;
  EXPECT_EQ(pace.now(), 1'000'500);
  clock.advance(250);
  EXPECT_EQ(pace.now(), 1'000'750);
  clock.wall += 7'200'000;
  EXPECT_EQ(pace.now(), clock.wall);
}

TEST(SendLimits, UrgentGoesFirstOldestFirstWithin) {
  OutboxQueue queue({.sends = {.in_flight = 1}}, 0);
  queue.add(entry_of(1, "a", api::PRIORITY_BROADCAST), 0, 0);
  queue.add(entry_of(2, "b", api::PRIORITY_REMINDER), 0, 0);
  queue.add(entry_of(3, "c"), 0, 0);
  queue.add(entry_of(4, "d"), 0, 0);
  queue.add(entry_of(5, "e", api::PRIORITY_INTERACTIVE, true), 0, 0);
  for (const std::uint64_t expected : {5, 3, 4, 2, 1}) {
    ASSERT_EQ(taken(queue, 1), Sequences{expected});
    queue.finish(expected);
  }
}

TEST(SendLimits, AnAnswerPassesTheBroadcastOfItsOwnConversation) {
  OutboxQueue queue({}, 0);
  queue.add(entry_of(1, "a", api::PRIORITY_BROADCAST), 0, 0);
  queue.add(entry_of(2, "a"), 0, 0);
  EXPECT_EQ(taken(queue, 1), Sequences{2});
  EXPECT_TRUE(taken(queue, 1).empty()) << "one of a conversation at a time";
  queue.finish(2);
  EXPECT_EQ(taken(queue, 1), Sequences{1});
}

// Of 400 messages to as many people, all in 4 seconds.
std::vector<Millis> times_of_sends(OutboxQueue& queue) {
  for (std::uint64_t i = 1; i <= 400; ++i) queue.add(entry_of(i, "c" + std::to_string(i)), 0, 0);
  std::vector<Millis> at;
  for (Millis now = 0; now < 4'000; now += 5) {
    for (const auto sequence : taken(queue, now)) {
      queue.finish(sequence);
      at.push_back(now);
    }
  }
  return at;
}

std::ptrdiff_t in_the_busiest_second(const std::vector<Millis>& at) {
  std::ptrdiff_t most = 0;
  for (const Millis first : at)
    most = std::max(most, std::ranges::count_if(
                              at, [&](Millis one) { return one >= first && one < first + 1'000; }));
  return most;
}

TEST(SendLimits, NoSecondOfARestedAccountCarriesMoreThanItsLimit) {
  OutboxQueue queue({.sends = {.per_second = 80}}, 0);
  const auto at = times_of_sends(queue);
  EXPECT_GE(at.size(), 4u * 80);
  EXPECT_LE(in_the_busiest_second(at), 80 + 10);
}

// WhatsApp's limit of a number that the owner's phone app uses too.
TEST(SendLimits, WithoutBurstsNoSecondCarriesMoreThanTheLimit) {
  OutboxQueue queue({}, 0);
  queue.adopt({.per_second = 20}, false);
  const auto at = times_of_sends(queue);
  EXPECT_GE(at.size(), 4u * 18);  // evenly, so the looks at the queue cost a little
  EXPECT_LE(in_the_busiest_second(at), 20);
}

// Neither does the second after a pause that the provider asked for.
TEST(SendLimits, WithoutBurstsAPauseIsNotMadeUpFor) {
  SendRate rate(80, 0);
  rate.set_limit(20, false);
  rate.refused(1'000, 2'000);
  for (int i = 0; i < 20; ++i) rate.accepted(2'000);
  rate.refused(2'020, 3'020);
  int calls = 0;
  for (; rate.ready(3'020); ++calls) rate.spend(3'020);
  EXPECT_EQ(calls, 1);
}

// From WhatsApp's documentation: 45 at once, then one in 6 seconds.
TEST(SendLimits, AContactsPaceHasItsBurst) {
  OutboxQueue queue({.sends = {.per_second = 1000, .pair_interval = 6000, .pair_burst = 45}}, 0);
  for (std::uint64_t i = 1; i <= 60; ++i) queue.add(entry_of(i, "a"), 0, 0);
  queue.add(entry_of(99, "b"), 0, 0);
  std::map<Millis, int> at;
  bool other = false;
  for (Millis now = 0; now <= 60'000; now += 100) {
    for (auto sequences = taken(queue, now); !sequences.empty(); sequences = taken(queue, now)) {
      for (const auto sequence : sequences) {
        sequence == 99 ? other = true : ++at[now] > 0;
        queue.finish(sequence);
      }
    }
  }
  EXPECT_TRUE(other);
  EXPECT_EQ(at[0], 45);
  EXPECT_EQ(at[6000], 1);
  EXPECT_EQ(at[12'000], 1);
  int all = 0;
  for (const auto& [when, count] : at) all += count;
  EXPECT_EQ(all, 55);
}

TEST(SendLimits, TheNextOfAPacedContactIsDueWhenItMayGo) {
  OutboxQueue queue({.sends = {.pair_interval = 6000, .pair_burst = 1}}, 0);
  queue.add(entry_of(1, "a"), 0, 0);
  queue.add(entry_of(2, "a"), 0, 0);
  ASSERT_EQ(taken(queue, 0), Sequences{1});
  queue.finish(1);
  EXPECT_EQ(queue.next_due(0), 6000);
}

TEST(SendLimits, ManyContactsPacesAreForgottenWhenTheyAreWholeAgain) {
  PairPace pace;
  pace.set(6000, 45);
  for (int i = 0; i < 10'000; ++i) pace.spend("c" + std::to_string(i), i * 100);
  EXPECT_LE(pace.size(), 2048u);
}

TEST(SendLimits, PartsOfOneMessageCountAsManyMessages) {
  OutboxQueue queue({.sends = {.pair_interval = 6000, .pair_burst = 3}}, 0);
  queue.add(entry_of(1, "a"), 0, 0);
  queue.add(entry_of(2, "a"), 0, 0);
  ASSERT_EQ(taken(queue, 0), Sequences{1});
  queue.one_more_part(*queue.find(1), 0);
  queue.one_more_part(*queue.find(1), 0);
  queue.finish(1);
  EXPECT_TRUE(taken(queue, 5999).empty());
  EXPECT_EQ(taken(queue, 6000), Sequences{2});
}

TEST(SendLimits, UsageHalvesThenKeepsForPeopleThenPauses) {
  OutboxQueue queue({.sends = {.per_second = 10, .in_flight = 100}}, 0);
  const Millis memory = 5 * 60'000;
  for (std::uint64_t i = 1; i <= 60; ++i) queue.add(entry_of(i, "c" + std::to_string(i)), 0, 0);
  EXPECT_EQ(taken(queue, 0).size(), 10u);
  queue.usage(79, 0);
  EXPECT_EQ(taken(queue, 1000).size(), 10u);
  queue.usage(80, 1000);
  EXPECT_EQ(taken(queue, 2000).size(), 5u);
  queue.usage(95, 2000);
  queue.add(entry_of(70, "p", api::PRIORITY_INTERACTIVE, true), 2000, 0);
  EXPECT_EQ(taken(queue, 4000), Sequences{70});
  EXPECT_EQ(queue.next_due(4000), 2000 + memory) << "the AI's wait until the figure is old";
  queue.usage(100, 4000);
  queue.add(entry_of(71, "q", api::PRIORITY_INTERACTIVE, true), 4000, 0);
  EXPECT_TRUE(taken(queue, 4000 + memory - 1).empty());
  EXPECT_FALSE(taken(queue, 4000 + memory).empty());
}

TEST(SendLimits, HeldMarketingLetsAnswersPass) {
  OutboxQueue queue({}, 0);
  queue.add(entry_of(1, "a", api::PRIORITY_BROADCAST), 0, 0);
  queue.add(entry_of(2, "b", api::PRIORITY_BROADCAST), 0, 0);
  ASSERT_EQ(taken(queue, 0), (Sequences{1, 2}));
  queue.hold_marketing(3'600'000);
  queue.retry(*queue.find(1), 3'600'000);
  queue.finish(2);
  queue.add(entry_of(3, "a"), 1, 0);
  queue.add(entry_of(4, "c"), 1, 0);
  queue.add(entry_of(5, "d", api::PRIORITY_BROADCAST), 1, 0);
  EXPECT_EQ(taken(queue, 1), (Sequences{3, 4}));
  EXPECT_FALSE(queue.limited(1)) << "the account is not";
  queue.finish(3);
  queue.finish(4);
  EXPECT_EQ(queue.next_due(2), 3'600'000);
  EXPECT_EQ(taken(queue, 3'600'000), (Sequences{5, 1})) << "as long as each waits";
}

TEST(SendLimits, ALimitIsNoTroubleOfTheProviders) {
  OutboxQueue queue({.breaker_failures = 1}, 0);
  queue.provider_failed(0);
  EXPECT_TRUE(queue.paused(1));
  EXPECT_FALSE(queue.limited(1));
  queue.usage(100, 0);
  EXPECT_TRUE(queue.limited(1));
  EXPECT_EQ(queue.limited_until(), 5 * 60'000);
  EXPECT_FALSE(queue.limited(5 * 60'000));
}

TEST(SendLimits, AfterARefusalOneCallProbes) {
  OutboxQueue queue({}, 0);
  for (std::uint64_t i = 1; i <= 5; ++i) queue.add(entry_of(i, "c" + std::to_string(i)), 0, 0);
  queue.rate_limited(0, 1000);
  EXPECT_TRUE(taken(queue, 999).empty());
  EXPECT_EQ(taken(queue, 1000), Sequences{1});
  EXPECT_TRUE(taken(queue, 1000).empty());
  EXPECT_TRUE(queue.slowed(1000));
  queue.accepted(1001);
  EXPECT_EQ(taken(queue, 1001).size(), 4u);
}

int at_once(SendRate& rate, Millis now) {
  int calls = 0;
  for (; rate.ready(now); ++calls) rate.spend(now);
  return calls;
}

// A storm has cut the rate to about 20 a second, and the provider asks for a second's pause.
SendRate after_a_storm() {
  SendRate rate(300, 1'000);
  rate.refused(1'000, 2'000);
  at_once(rate, 2'000);
  for (int i = 0; i < 20; ++i) rate.accepted(2'000);
  rate.refused(2'020, 3'020);
  return rate;
}

// A bucket fills while nobody may send; a provider that counts the calls of any second refuses.
TEST(SendLimits, WhatAPauseHeldBackGoesAtOnceUnlessTheProviderRefusesIt) {
  SendRate rate = after_a_storm();
  EXPECT_NEAR(at_once(rate, 3'020), 18, 1);
  for (int i = 0; i < 18; ++i) rate.accepted(3'030);
  rate.refused(3'700, 4'700);
  EXPECT_LE(at_once(rate, 4'700), 10) << "refused once, not tried again";
}

TEST(SendLimits, ALateStartAfterAPauseMakesUpForNothing) {
  SendRate rate = after_a_storm();
  EXPECT_LE(at_once(rate, 60'000), 10);
}

// A provider with an unknown rate limit; beyond it, it answers 429 with Retry-After.
class StrictProvider {
 public:
  StrictProvider(double per_second, double burst)
      : rate_(per_second), burst_(burst), tokens_(burst) {}
  bool take(Millis now) {
    tokens_ = std::min(burst_, tokens_ + static_cast<double>(now - at_) * rate_ / 1000);
    at_ = now;
    if (now < storm_until || tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }
  Millis storm_until = 0;

 private:
  double rate_, burst_, tokens_;
  Millis at_ = 0;
};

struct Traffic {
  int accepted = 0;
  int refused = 0;
};

// An endless supply of messages to many contacts for `length`; each call takes 40 ms.
Traffic run(OutboxQueue& queue, StrictProvider& provider, Millis begin, Millis length,
            std::uint64_t& sequence) {
  Traffic traffic;
  using Call = std::pair<Millis, std::uint64_t>;
  std::priority_queue<Call, std::vector<Call>, std::greater<>> calls;
  for (Millis now = begin; now < begin + length; ++now) {
    while (queue.size() < 400) {
      ++sequence;
      queue.add(entry_of(sequence, "c" + std::to_string(sequence)), now, 0);
    }
    for (const auto one : taken(queue, now)) calls.emplace(now + 40, one);
    while (!calls.empty() && calls.top().first <= now) {
      const auto one = calls.top().second;
      calls.pop();
      if (provider.take(now)) {
        ++traffic.accepted;
        queue.accepted(now);
        queue.finish(one);
      } else {
        ++traffic.refused;
        queue.rate_limited(now, now + 1000);
        queue.retry(*queue.find(one), now + 1000);
      }
    }
  }
  for (; !calls.empty(); calls.pop()) queue.finish(calls.top().second);
  return traffic;
}

TEST(SendLimits, AStrictProviderCostsFewExtraCallsAndLittleGoodput) {
  for (const double allowed : {20.0, 80.0, 150.0}) {
    SCOPED_TRACE(allowed);
    OutboxQueue queue({.sends = {.per_second = 300, .in_flight = 16}}, 0);
    StrictProvider provider(allowed, allowed);
    std::uint64_t sequence = 0;
    constexpr Millis kLength = 300'000;
    const Traffic traffic = run(queue, provider, 0, kLength, sequence);
    const double possible = allowed * kLength / 1000;
    EXPECT_GE(traffic.accepted, 0.90 * possible);
    EXPECT_LE(traffic.refused, 0.05 * traffic.accepted);
  }
}

// A limit that lasts a few seconds only, each refusal asking for one of them.
TEST(SendLimits, AShortSqueezeIsUsed) {
  OutboxQueue queue({.sends = {.per_second = 300, .in_flight = 16}}, 1'000);
  StrictProvider provider(20, 20);
  std::uint64_t sequence = 0;
  constexpr Millis kLength = 4'500;
  const Traffic traffic = run(queue, provider, 1'000, kLength, sequence);
  EXPECT_GE(traffic.accepted, 0.90 * 20 * kLength / 1000 + 20);
}

// Every half minute, all sends are refused for ten seconds.
TEST(SendLimits, StormsOfRefusalsCostFewExtraCallsAndLittleGoodput) {
  OutboxQueue queue({.sends = {.per_second = 80, .in_flight = 16}}, 0);
  StrictProvider provider(80, 80);
  std::uint64_t sequence = 0;
  Traffic all;
  constexpr int kStorms = 10;
  for (Millis begin = 0; begin < kStorms * 30'000; begin += 30'000) {
    provider.storm_until = begin + 10'000;
    const Traffic part = run(queue, provider, begin, 30'000, sequence);
    all.accepted += part.accepted;
    all.refused += part.refused;
  }
  const double possible = kStorms * 20.0 * 80;
  EXPECT_GE(all.accepted, 0.90 * possible);
  EXPECT_LE(all.refused, 0.05 * all.accepted);
}

}  // namespace
}  // namespace aura::test
