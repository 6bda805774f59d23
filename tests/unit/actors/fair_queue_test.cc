#include "actors/engine/fair_queue.h"

#include <gtest/gtest.h>

#include <map>

#include "runtime/random.h"

namespace aura::test {
namespace {

Id workspace_of(std::uint64_t n) { return derived_id({"workspace", std::to_string(n)}); }

QueuedEvent event_of(std::uint64_t workspace, std::uint64_t sequence) {
  QueuedEvent event;
  event.workspace = workspace_of(workspace);
  event.channel = derived_id({"channel", std::to_string(sequence % 2)});
  event.sequence = sequence;
  event.payload = "0123456789";
  return event;
}

TEST(FairQueue, AQuietWorkspaceWaitsForAtMostAQuantum) {
  FairQueue queue({.memory_events = 10'000, .memory_bytes = 1 << 20, .quantum = 16});
  std::uint64_t sequence = 0;
  for (int i = 0; i < 1000; ++i) queue.arrive(event_of(1, sequence++));
  const auto unlimited = [](const Id&) { return std::int64_t{1000}; };
  for (int i = 0; i < 3; ++i) (void)queue.take(unlimited);
  queue.arrive(event_of(2, sequence++));
  std::size_t others = 0;
  while (true) {
    const auto batch = queue.take(unlimited);
    ASSERT_FALSE(batch.empty());
    if (batch.front().workspace == workspace_of(2)) break;
    others += batch.size();
  }
  EXPECT_LE(others, 16u);
}

TEST(FairQueue, AQuietWorkspaceWaitsForAtMostAQuantumOfEachBusyOne) {
  SeededRandom random(11);
  for (int round = 0; round < 50; ++round) {
    FairQueue queue({.memory_events = 10'000, .memory_bytes = 1 << 20, .quantum = 8});
    std::uint64_t sequence = 0;
    for (int i = 0; i < 400; ++i) queue.arrive(event_of(random.uniform(1, 5), sequence++));
    const auto some = [&](const Id&) { return static_cast<std::int64_t>(random.uniform(1, 12)); };
    for (auto earlier = random.uniform(0, 20); earlier > 0; --earlier) (void)queue.take(some);
    queue.arrive(event_of(9, sequence++));
    std::map<Id, std::size_t> others;
    for (auto batch = queue.take(some); batch.front().workspace != workspace_of(9);
         batch = queue.take(some)) {
      ASSERT_FALSE(batch.empty());
      others[batch.front().workspace] += batch.size();
    }
    for (const auto& [workspace, count] : others) EXPECT_LE(count, 8u);
  }
}

TEST(FairQueue, ABacklogIsWhatWaitsBeyondAFewInMemoryOrOnDisk) {
  FairQueue queue({.memory_events = 4, .memory_bytes = 1 << 20, .quantum = 16});
  EXPECT_FALSE(queue.has_backlog(workspace_of(1), 2)) << "nothing ever came";
  std::uint64_t sequence = 0;
  for (int i = 0; i < 2; ++i) queue.arrive(event_of(1, sequence++));
  EXPECT_FALSE(queue.has_backlog(workspace_of(1), 2));
  queue.arrive(event_of(1, sequence++));
  EXPECT_TRUE(queue.has_backlog(workspace_of(1), 2));
  EXPECT_FALSE(queue.has_backlog(workspace_of(2), 2)) << "another one's backlog";
  queue.arrive(event_of(2, sequence++));
  queue.arrive(event_of(2, sequence++));
  EXPECT_TRUE(queue.has_backlog(workspace_of(2), 2)) << "the second event stayed on disk";
}

// Rows of an earlier run, or of a retried dead letter, are older than the events in memory.
TEST(FairQueue, OlderRowsOnDiskGoFirstAndNothingIsReadTwice) {
  FairQueue queue({});
  const auto unlimited = [](const Id&) { return std::int64_t{100}; };
  queue.arrive(event_of(1, 10));
  queue.found_on_disk(workspace_of(1));
  EXPECT_EQ(queue.in_memory(), 0);
  EXPECT_TRUE(queue.take(unlimited).empty());
  const auto read = queue.next_disk_read();
  ASSERT_TRUE(read);
  EXPECT_EQ(read->from, 0u);
  queue.read_from_disk(workspace_of(1), {event_of(1, 4), event_of(1, 10), event_of(1, 12)}, true);
  queue.arrive(event_of(1, 12));  // was already read from disk
  queue.arrive(event_of(1, 14));
  std::vector<std::uint64_t> seen;
  for (auto batch = queue.take(unlimited); !batch.empty(); batch = queue.take(unlimited))
    for (const auto& event : batch) seen.push_back(event.sequence);
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{4, 10, 12, 14}));
}

TEST(FairQueue, AReadThatBeganTooLateIsDoneAnew) {
  FairQueue queue({.memory_events = 1});
  queue.arrive(event_of(2, 1));
  queue.arrive(event_of(1, 20));  // no room
  ASSERT_EQ(queue.take([](const Id&) { return std::int64_t{9}; }).size(), 1u);
  ASSERT_EQ(queue.next_disk_read()->from, 20u);
  queue.found_on_disk(workspace_of(1));  // a retried dead letter returned to its old position
  queue.read_from_disk(workspace_of(1), {event_of(1, 20)}, true);
  EXPECT_EQ(queue.in_memory(), 0);
  const auto anew = queue.next_disk_read();
  ASSERT_TRUE(anew);
  EXPECT_EQ(anew->from, 0u);
  EXPECT_FALSE(queue.next_disk_read());
}

// With backlogs in many workspaces, only part of them is read into memory.
TEST(FairQueue, NoMoreIsReadThanThereIsRoomFor) {
  FairQueue queue({.memory_events = 3 * FairQueue::kPage});
  for (std::uint64_t n = 1; n <= 100; ++n) queue.found_on_disk(workspace_of(n));
  std::vector<Id> reading;
  while (const auto read = queue.next_disk_read()) reading.push_back(read->workspace);
  EXPECT_EQ(reading.size(), 3u);
  queue.disk_read_failed(reading[0]);
  queue.read_from_disk(reading[1], {}, true);
  EXPECT_TRUE(queue.next_disk_read());
  EXPECT_TRUE(queue.next_disk_read());
  EXPECT_FALSE(queue.next_disk_read());
}

TEST(FairQueue, AWorkspaceWithoutRoomDoesNotHoldUpOthers) {
  FairQueue queue({});
  queue.arrive(event_of(1, 0));
  queue.arrive(event_of(2, 1));
  const auto batch =
      queue.take([](const Id& id) { return std::int64_t{id == workspace_of(1) ? 0 : 9}; });
  ASSERT_EQ(batch.size(), 1u);
  EXPECT_EQ(batch[0].workspace, workspace_of(2));
  EXPECT_TRUE(queue.take([](const Id&) { return std::int64_t{0}; }).empty());
  EXPECT_EQ(queue.in_memory(), 1);
}

// Plays the journal and the ingress around the queue, with any interleaving of arrivals, dispatch,
// and slow or failing reads: each event must come out once and in its workspace's order.
class Journal {
 public:
  Journal(Random& random, FairQueue& queue) : random_(random), queue_(queue) {}

  void arrive() {
    const QueuedEvent event = event_of(random_.uniform(0, 2), ++last_);
    rows_[event.workspace][event.sequence] = event;
    in_transit_.push_back(event);  // durable, but the queue does not know it yet
  }
  void tell() {
    if (in_transit_.empty()) return;
    queue_.arrive(in_transit_.front());
    in_transit_.pop_front();
  }
  void begin_read() {
    if (reading_) return;
    reading_ = queue_.next_disk_read();
    if (!reading_) return;
    found_.clear();
    const auto& rows = rows_[reading_->workspace];
    auto it = rows.lower_bound(reading_->from);
    for (; it != rows.end() && found_.size() < 5; ++it) found_.push_back(it->second);
    last_page_ = found_.size() < 5;
  }
  void end_read() {
    if (!reading_) return;
    if (random_.chance(1, 5))
      queue_.disk_read_failed(reading_->workspace);
    else
      queue_.read_from_disk(reading_->workspace, found_, last_page_);
    reading_.reset();
  }
  void dispatch() {
    const auto batch =
        queue_.take([&](const Id&) { return static_cast<std::int64_t>(random_.uniform(0, 3)); });
    for (const auto& event : batch) {
      ASSERT_GT(event.sequence, seen_[event.workspace]) << "doubled or out of order";
      seen_[event.workspace] = event.sequence;
      ++delivered_;
      rows_[event.workspace].erase(event.sequence);  // processed at once
    }
  }
  bool done() const { return delivered_ == last_; }
  std::uint64_t delivered() const { return delivered_; }
  std::uint64_t arrived() const { return last_; }

 private:
  Random& random_;
  FairQueue& queue_;
  std::map<Id, std::map<std::uint64_t, QueuedEvent>> rows_;
  std::deque<QueuedEvent> in_transit_;
  std::map<Id, std::uint64_t> seen_;
  std::optional<FairQueue::DiskRead> reading_;
  std::vector<QueuedEvent> found_;
  bool last_page_ = false;
  std::uint64_t last_ = 0;
  std::uint64_t delivered_ = 0;
};

TEST(FairQueue, BacklogOnDiskLosesNothingDoublesNothingKeepsOrder) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    FairQueue queue({.memory_events = 6, .memory_bytes = 60, .quantum = 2});
    Journal journal(random, queue);
    for (int step = 0; step < 5000 && !(step > 300 && journal.done()); ++step) {
      switch (random.uniform(0, 4)) {
        case 0:
          if (step < 300) journal.arrive();
          break;
        case 1:
          journal.tell();
          break;
        case 2:
          journal.begin_read();
          break;
        case 3:
          journal.end_read();
          break;
        default:
          journal.dispatch();
      }
      if (::testing::Test::HasFatalFailure()) return;
    }
    ASSERT_EQ(journal.delivered(), journal.arrived());
    EXPECT_EQ(queue.in_memory(), 0);
  }
}

}  // namespace
}  // namespace aura::test
