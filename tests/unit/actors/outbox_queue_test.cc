#include "actors/connection/outbox_queue.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "config/limits.h"
#include "runtime/in_ms.h"
#include "runtime/random.h"

namespace aura::test {
namespace {

OutboxEntry entry_of(std::uint64_t sequence, const std::string& conversation) {
  OutboxEntry entry;
  entry.sequence = sequence;
  entry.row.set_conversation(conversation);
  entry.row.set_message("m" + std::to_string(sequence));
  return entry;
}

std::vector<std::uint64_t> sequences(const std::vector<OutboxEntry*>& entries) {
  std::vector<std::uint64_t> out;
  for (const auto* entry : entries) out.push_back(entry->sequence);
  return out;
}
using Sequences = std::vector<std::uint64_t>;

TEST(OutboxQueue, OneMessageOfAConversationAtATime) {
  OutboxQueue queue({}, 0);
  for (std::uint64_t i = 1; i <= 3; ++i) queue.add(entry_of(i, "a"), 0, 0);
  queue.add(entry_of(4, "b"), 0, 0);
  EXPECT_EQ(sequences(queue.take(0)), (Sequences{1, 4}));
  EXPECT_TRUE(queue.take(0).empty());
  queue.finish(1);
  EXPECT_EQ(sequences(queue.take(0)), Sequences{2});
}

TEST(OutboxQueue, ARetryKeepsItsPlaceAndWaitsItsTime) {
  OutboxQueue queue({}, 0);
  queue.add(entry_of(1, "a"), 0, 0);
  queue.add(entry_of(2, "a"), 0, 0);
  queue.take(0);
  queue.retry(*queue.find(1), 500);
  EXPECT_EQ(queue.in_flight(), 0);
  EXPECT_TRUE(queue.take(499).empty());
  EXPECT_EQ(queue.next_due(10), 500);
  EXPECT_EQ(sequences(queue.take(500)), Sequences{1});
}

TEST(OutboxQueue, TheNextPartGoesWithTheReceiptOrWhenItsWaitIsOver) {
  for (const bool receipt : {true, false}) {
    OutboxQueue queue({.sends = {.in_flight = 1}}, 0);
    queue.add(entry_of(1, "a"), 0, 0);
    queue.add(entry_of(2, "a"), 0, 0);
    queue.add(entry_of(3, "b"), 0, 0);
    ASSERT_EQ(sequences(queue.take(0)), Sequences{1});
    queue.wait_for_receipt(*queue.find(1), "x1", 2000);
    EXPECT_EQ(sequences(queue.take(10)), Sequences{3}) << "others do not wait for it";
    queue.finish(3);
    EXPECT_TRUE(queue.take(1400).empty()) << "nor does the rest of its conversation pass it";
    EXPECT_FALSE(queue.has_receipt("another", 1500));
    if (receipt) {
      EXPECT_TRUE(queue.has_receipt("x1", 1500));
      EXPECT_EQ(sequences(queue.take(1500)), Sequences{1});
    } else {
      EXPECT_EQ(sequences(queue.take(2000)), Sequences{1});
    }
    EXPECT_FALSE(queue.has_receipt("x1", 2500)) << "nobody waits for it any more";
    queue.retry(*queue.find(1), 9000);
    EXPECT_FALSE(queue.has_receipt("x1", 3000));
    EXPECT_TRUE(queue.take(3000).empty());
  }
}

TEST(OutboxQueue, AnOlderRowReadLaterGoesFirst) {
  OutboxQueue queue({}, 0);
  queue.add(entry_of(5, "a"), 0, 0);
  queue.add(entry_of(3, "a"), 0, 0);
  EXPECT_EQ(sequences(queue.take(0)), Sequences{3});
}

TEST(OutboxQueue, AnOlderRowWaitsForTheNewerOneThatIsOnItsWay) {
  OutboxQueue queue({}, 0);
  queue.add(entry_of(5, "a"), 0, 0);
  EXPECT_EQ(sequences(queue.take(0)), Sequences{5});
  queue.add(entry_of(3, "a"), 0, 0);
  EXPECT_TRUE(queue.take(0).empty()) << "one message of a conversation at a time";
  queue.retry(*queue.find(5), 0);
  EXPECT_EQ(sequences(queue.take(0)), Sequences{3});
  queue.finish(3);
  EXPECT_EQ(sequences(queue.take(0)), Sequences{5});
  EXPECT_TRUE(queue.take(0).empty()) << "not taken twice";
}

TEST(OutboxQueue, AMessageIsFoundByItsIdWhileItIsThere) {
  OutboxQueue queue({}, 0);
  queue.add(entry_of(1, "a"), 0, 0);
  queue.add(entry_of(2, "a"), 0, 0);
  ASSERT_NE(queue.find_message("m2"), nullptr);
  EXPECT_EQ(queue.find_message("m2")->sequence, 2u);
  EXPECT_EQ(queue.find_message("m3"), nullptr);
  queue.finish(2);  // its echo proved it sent before its turn
  EXPECT_EQ(queue.find_message("m2"), nullptr);
  EXPECT_EQ(sequences(queue.take(0)), Sequences{1});
}

TEST(OutboxQueue, AnAmbiguousCallWaitsForItsEchoThenGoesFlagged) {
  OutboxQueue queue({}, 0);
  queue.add(entry_of(1, "a"), 0, 0);
  queue.add(entry_of(2, "a"), 0, 0);
  queue.take(0);
  queue.wait_for_echo(*queue.find(1), 30);
  EXPECT_EQ(queue.in_flight(), 0);
  EXPECT_TRUE(queue.take(29).empty()) << "what follows waits too";
  EXPECT_EQ(queue.next_due(5), 30);
  ASSERT_EQ(sequences(queue.take(30)), Sequences{1});
  EXPECT_TRUE(queue.find(1)->row.maybe_duplicate());
  queue.wait_for_echo(*queue.find(1), 60);
  queue.finish(1);  // the echo came
  EXPECT_EQ(sequences(queue.take(31)), Sequences{2});
}

TEST(OutboxQueue, AClaimedRowOfAnEarlierLifeWaitsForItsEchoAndIsFlagged) {
  OutboxQueue queue({}, 0);
  OutboxEntry cut_off = entry_of(1, "a");
  cut_off.row.set_state(record::Outbox::STATE_CLAIMED);
  cut_off.row.set_claimed_ms(900);
  queue.add(cut_off, 1000, 300);
  EXPECT_TRUE(queue.find(1)->row.maybe_duplicate());
  EXPECT_TRUE(queue.take(1199).empty());
  EXPECT_EQ(sequences(queue.take(1200)), Sequences{1});
}

TEST(OutboxQueue, HowMuchDoubtThereIsIsReadBackFromTheRow) {
  using Doubt = OutboxEntry::Doubt;
  const auto read_back = [](bool claimed, bool flagged) {
    OutboxQueue queue({}, 0);
    OutboxEntry entry = entry_of(1, "a");
    if (claimed) entry.row.set_state(record::Outbox::STATE_CLAIMED);
    entry.row.set_maybe_duplicate(flagged);
    queue.add(std::move(entry), 0, 0);
    return queue.find(1)->doubt;
  };
  EXPECT_EQ(read_back(false, false), Doubt::none);
  EXPECT_EQ(read_back(false, true), Doubt::once);
  EXPECT_EQ(read_back(true, false), Doubt::once);
  EXPECT_EQ(read_back(true, true), Doubt::resent);
}

TEST(OutboxQueue, AMessageThatWasSentAgainStaysFlaggedThoughItsFirstCallArrived) {
  OutboxEntry entry = entry_of(1, "a");
  for (const auto doubt : {OutboxEntry::Doubt::once, OutboxEntry::Doubt::resent}) {
    entry.doubt = doubt;
    entry.row.set_maybe_duplicate(true);
    entry.arrived();
    EXPECT_EQ(entry.row.maybe_duplicate(), doubt == OutboxEntry::Doubt::resent);
  }
}

TEST(OutboxQueue, WhatItsCommitClaimedGoesWithoutAnotherClaim) {
  using Phase = OutboxEntry::Phase;
  OutboxQueue queue({.sends = {.in_flight = 1}}, 0);
  OutboxEntry first = entry_of(1, "a"), second = entry_of(2, "b");
  first.phase = second.phase = Phase::newborn;
  queue.add(std::move(first), 0, 0);
  queue.add(std::move(second), 0, 0);
  ASSERT_EQ(sequences(queue.take(0)), Sequences{1});
  EXPECT_EQ(queue.find(1)->phase, Phase::claimed);
  queue.put_claim_back(*queue.find(2));  // there is no room for it
  queue.finish(1);
  ASSERT_EQ(sequences(queue.take(0)), Sequences{2});
  EXPECT_EQ(queue.find(2)->phase, Phase::claiming);
}

TEST(OutboxQueue, AResultThatCannotBeStoredGivesItsPlaceToOthers) {
  OutboxQueue queue({.sends = {.in_flight = 1}}, 0);
  queue.add(entry_of(1, "a"), 0, 0);
  queue.add(entry_of(2, "b"), 0, 0);
  queue.take(0);
  queue.calling(*queue.find(1));
  queue.recording(*queue.find(1));
  EXPECT_TRUE(queue.take(0).empty());
  queue.set_aside(*queue.find(1));
  queue.recording(*queue.find(1));  // it is tried again meanwhile
  EXPECT_EQ(sequences(queue.take(0)), Sequences{2});
  EXPECT_EQ(queue.in_flight(), 1);
  queue.finish(1);
  EXPECT_EQ(queue.in_flight(), 1);
}

TEST(OutboxQueue, TokensAndTheCapBoundWhatIsTaken) {
  OutboxQueue queue({.sends = {.per_second = 2, .in_flight = 4}}, 0);
  for (std::uint64_t i = 1; i <= 9; ++i) queue.add(entry_of(i, "c" + std::to_string(i)), 0, 0);
  EXPECT_EQ(queue.take(0).size(), 2u);
  EXPECT_TRUE(queue.take(499).empty());
  EXPECT_EQ(queue.take(500).size(), 1u);
  EXPECT_EQ(queue.take(10'000).size(), 1u) << "the cap";
  EXPECT_FALSE(queue.next_due(10'000)) << "only an end makes room";
}

TEST(OutboxQueue, AKindWithARateOfItsOwnDoesNotHoldUpTheOthers) {
  OutboxQueue queue({}, 0);
  SendLimits limits;
  limits.in_flight = 100;
  limits.media_interval = 100;
  limits.media_burst = 2;
  limits.private_reply_interval = 5000;
  queue.adopt(limits);
  const auto add = [&](std::uint64_t sequence, SendKind kind) {
    OutboxEntry entry = entry_of(sequence, "c" + std::to_string(sequence));
    entry.row.set_kind(static_cast<int>(kind));
    queue.add(std::move(entry), 0, 0);
  };
  for (const std::uint64_t i : {1, 2, 3, 4}) add(i, SendKind::media);
  for (const std::uint64_t i : {5, 6}) add(i, SendKind::private_reply);
  add(7, SendKind::plain);
  EXPECT_EQ(sequences(queue.take(0)), (Sequences{1, 2, 5, 7}));
  EXPECT_EQ(queue.next_due(0), 100);
  EXPECT_EQ(sequences(queue.take(100)), Sequences{3});
  EXPECT_EQ(sequences(queue.take(199)), Sequences{});
  EXPECT_EQ(sequences(queue.take(200)), Sequences{4});
  EXPECT_EQ(queue.next_due(200), 5000);
  EXPECT_EQ(sequences(queue.take(5000)), Sequences{6});
}

TEST(OutboxQueue, PausedAndParkedQueuesGiveNothing) {
  OutboxQueue queue({}, 0);
  queue.add(entry_of(1, "a"), 0, 0);
  queue.limit_until(1000);
  EXPECT_TRUE(queue.take(999).empty());
  queue.park();
  EXPECT_TRUE(queue.take(2000).empty());
  EXPECT_FALSE(queue.next_due(2000));
  queue.resume(2000);
  EXPECT_EQ(queue.take(2000).size(), 1u);
}

TEST(OutboxQueue, TheBreakerLetsOneProbeThroughAtATime) {
  OutboxQueue queue({.breaker_failures = 2, .breaker_pause_ms = 100}, 0);
  for (std::uint64_t i = 1; i <= 3; ++i) queue.add(entry_of(i, "c" + std::to_string(i)), 0, 0);
  queue.provider_failed(0);
  queue.provider_failed(0);
  EXPECT_TRUE(queue.take(99).empty());
  EXPECT_EQ(queue.take(100).size(), 1u);
  queue.provider_answered();
  EXPECT_EQ(queue.take(100).size(), 2u);
}

// With any sequence of operations, each conversation's rows are taken in order, one at a time, each
// until it is finished.
TEST(OutboxQueue, RandomLivesKeepOrderAndCount) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    OutboxQueue queue({.sends = {.per_second = 1000, .in_flight = 3},
                       .breaker_failures = 3,
                       .breaker_pause_ms = 20},
                      0);
    std::set<std::uint64_t> out;
    std::map<std::string, std::uint64_t> finished;
    std::uint64_t next = 1;
    std::size_t done = 0;
    Millis now = 0;
    for (int step = 0; step < 400 || done + 1 < next; ++step) {
      ASSERT_LT(step, 20'000) << "rows are stuck";
      if (step < 300 && random.chance(1, 3)) {
        queue.add(entry_of(next, std::string(1, static_cast<char>('a' + random.uniform(0, 3)))),
                  now, 10);
        ++next;
      }
      for (auto* entry : queue.take(now)) {
        for (const auto other : out)
          ASSERT_NE(queue.find(other)->row.conversation(), entry->row.conversation());
        ASSERT_LT(finished[entry->row.conversation()], entry->sequence);
        out.insert(entry->sequence);
      }
      ASSERT_LE(queue.in_flight(), 3);
      ASSERT_EQ(queue.in_flight(), static_cast<int>(out.size()));
      now += static_cast<Millis>(random.uniform(0, 5));
      if (out.empty()) continue;
      auto it = out.begin();
      std::advance(it, static_cast<std::ptrdiff_t>(random.uniform(0, out.size() - 1)));
      OutboxEntry& entry = *queue.find(*it);
      const auto fate = random.uniform(0, 4);
      if (fate == 0) {
        queue.provider_failed(now);
        queue.retry(entry, now + 7);
      } else if (fate == 1) {
        queue.wait_for_echo(entry, now + 9);
      } else {
        queue.provider_answered();
        queue.recording(entry);
        finished[entry.row.conversation()] = entry.sequence;
        queue.finish(entry.sequence);
        ++done;
      }
      out.erase(it);
    }
    EXPECT_EQ(queue.size(), 0u);
    EXPECT_EQ(queue.in_flight(), 0);
  }
}

TEST(OutboxQueue, AClockThatWasAheadHoldsNothingUp) {
  constexpr Millis kNow = 1'000'000'000, kDay = 24 * 3'600'000;
  OutboxQueue queue({}, kNow);
  OutboxEntry waiting = entry_of(1, "a");
  waiting.row.set_created_ms(kNow + kDay);
  waiting.row.set_not_before_ms(kNow + kDay);
  queue.add(std::move(waiting), kNow, 30'000);
  EXPECT_LE(queue.next_due(kNow).value_or(0), kNow + in_ms(limits::kSendBackoffMax));
  EXPECT_EQ(queue.find(1)->row.created_ms(), kNow);
  OutboxEntry cut_off = entry_of(2, "b");
  cut_off.row.set_state(record::Outbox::STATE_CLAIMED);
  cut_off.row.set_claimed_ms(kNow + kDay);
  queue.add(std::move(cut_off), kNow, 30'000);
  EXPECT_EQ(queue.next_due(kNow), kNow + 30'000);
}

}  // namespace
}  // namespace aura::test
