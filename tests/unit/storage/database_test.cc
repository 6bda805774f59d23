// The database: reads, expiry, timers behind tombstones, the read pool.
#include "storage/database.h"

#include <rocksdb/perf_context.h>
#include <rocksdb/perf_level.h>

#include <latch>
#include <set>
#include <thread>

#include "fixture.h"
#include "storage/quiet_flush.h"
#include "storage/read_pool.h"
#include "storage/schema/records.pb.h"

namespace aura::storage::test {
namespace {

class DatabaseTest : public StorageTest {
 protected:
  void SetUp() override { open(); }

  void put(Family family, std::string key, std::string value) {
    Commit c;
    c.workspace = ws_;
    c.put(family, std::move(key), std::move(value));
    ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
  }
  std::vector<std::string> scan(std::string_view prefix, std::string_view start, std::size_t limit,
                                Reader::Direction direction) {
    const auto rows = now_.reader->scan(Family::meta, prefix, start, limit, direction);
    std::vector<std::string> found;
    for (const Row& row : *rows) found.push_back(row.key);
    return found;
  }
  void compact(Family family) {
    rocksdb::CompactRangeOptions all;
    all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    ASSERT_TRUE(now_.database->db()
                    .CompactRange(all, now_.database->handle(family), nullptr, nullptr)
                    .ok());
  }

  const Id ws_ = id(1);
};

TEST_F(DatabaseTest, ScansOfAPrefixGoBothWaysAndStayInside) {
  for (const char* key : {"a0", "b1", "b3", "b5", "c0"}) put(Family::meta, key, "");
  using Keys = std::vector<std::string>;
  const auto forward = Reader::Direction::forward, backward = Reader::Direction::backward;
  EXPECT_EQ(scan("b", "", 9, forward), (Keys{"b1", "b3", "b5"}));
  EXPECT_EQ(scan("b", "b3", 9, forward), (Keys{"b3", "b5"}));
  EXPECT_EQ(scan("b", "b2", 1, forward), (Keys{"b3"}));
  EXPECT_EQ(scan("b", "a", 9, forward), (Keys{"b1", "b3", "b5"}));
  EXPECT_EQ(scan("b", "c", 9, forward), (Keys{}));
  EXPECT_EQ(scan("b", "", 9, backward), (Keys{"b5", "b3", "b1"}));
  EXPECT_EQ(scan("b", "b3", 9, backward), (Keys{"b3", "b1"}));
  EXPECT_EQ(scan("b", "b4", 1, backward), (Keys{"b3"}));
  EXPECT_EQ(scan("b", "z", 9, backward), (Keys{"b5", "b3", "b1"}));
  EXPECT_EQ(scan("b", "a", 9, backward), (Keys{}));
}

TEST_F(DatabaseTest, BuffersAreEmptiedOnceNothingIsWrittenAnyMore) {
  QuietFlush flush(*now_.database);
  const auto held = [&] {
    std::uint64_t bytes = 0;
    now_.database->db().GetAggregatedIntProperty(rocksdb::DB::Properties::kCurSizeAllMemTables,
                                                 &bytes);
    return bytes;
  };
  const auto write = [&] { put(Family::message, "row", std::string(5 << 20, 'x')); };
  const std::uint64_t before = held();
  flush.tick(0);
  write();
  flush.tick(1000);
  flush.tick(60'000);
  EXPECT_GT(held(), before) << "too little to be worth a file";
  write();
  put(Family::message, "small row", "fits the cache");
  flush.tick(61'000);
  flush.tick(63'000);
  const std::uint64_t full = held();
  EXPECT_GT(full, before + (9 << 20)) << "not yet quiet";
  flush.tick(65'000);
  while (held() >= full) std::this_thread::yield();  // the flush runs in the background
  EXPECT_EQ(get(Family::message, "row")->size(), std::size_t{5} << 20);
  const auto cached = [&] {
    std::uint64_t bytes = 0;
    now_.database->db().GetIntProperty(rocksdb::DB::Properties::kBlockCacheUsage, &bytes);
    return bytes;
  };
  EXPECT_EQ(get(Family::message, "small row"), "fits the cache");
  const std::uint64_t loaded = cached();
  flush.tick(70'999);
  EXPECT_EQ(cached(), loaded) << "not yet idle";
  flush.tick(71'000);
  EXPECT_LT(cached(), loaded);
  EXPECT_EQ(get(Family::message, "small row"), "fits the cache");
}

TEST_F(DatabaseTest, ExpiredRowsGoWithCompaction) {
  const auto feed = [&](std::uint64_t sequence, Millis at) {
    record::Feed row;
    row.set_at_ms(at);
    put(Family::feed, keys::feed(ws_, sequence), row.SerializeAsString());
  };
  const auto seen = [&](char who, Millis at) {
    record::Idempotency row;
    row.set_created_ms(at);
    put(Family::idempotency, keys::idempotency(ws_, std::string(32, who)), row.SerializeAsString());
  };
  constexpr Millis kDay = 86'400'000;
  const Millis now = clock_.now_ms();
  feed(1, now - 7 * kDay - 1);
  feed(2, now - 7 * kDay + 1);
  seen('a', now - kDay - 1);
  seen('b', now - kDay + 1);
  compact(Family::feed);
  compact(Family::idempotency);
  EXPECT_FALSE(get(Family::feed, keys::feed(ws_, 1)));
  EXPECT_TRUE(get(Family::feed, keys::feed(ws_, 2)));
  EXPECT_FALSE(get(Family::idempotency, keys::idempotency(ws_, std::string(32, 'a'))));
  EXPECT_TRUE(get(Family::idempotency, keys::idempotency(ws_, std::string(32, 'b'))));
}

class TimerScanTest : public DatabaseTest {
 protected:
  void set(const Id& ws, Millis due, std::uint8_t owner) {
    put(Family::timer, keys::timer(ws, due, id(owner), 1), "t");
  }
  void fire(const Row& timer) {
    Commit c;
    c.workspace = keys::parse_timer(timer.key)->workspace;
    c.erase(Family::timer, timer.key);
    ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
  }
  std::vector<Millis> due(Millis now, std::size_t limit = 1000) {
    std::vector<Millis> found;
    const auto timers = now_.timers->due(now, limit);
    for (const Row& timer : *timers) found.push_back(keys::parse_timer(timer.key)->due);
    std::sort(found.begin(), found.end());
    return found;
  }
};

TEST_F(TimerScanTest, FindsWhatIsDueInEveryWorkspace) {
  set(id(1), 100, 1);
  set(id(1), 300, 1);
  set(id(2), 200, 1);
  set(id(3), 900, 1);
  reopen();  // the first scan must not depend on the writer's marks
  EXPECT_EQ(due(50), std::vector<Millis>{});
  EXPECT_EQ(due(250), (std::vector<Millis>{100, 200}));
  EXPECT_EQ(due(250), (std::vector<Millis>{100, 200})) << "until they are erased";
  EXPECT_EQ(due(1000), (std::vector<Millis>{100, 200, 300, 900}));
}

TEST_F(TimerScanTest, ATimerBehindTheMarkIsFound) {
  set(id(1), 100, 1);
  const auto found = now_.timers->due(500, 10);
  fire(found->front());
  EXPECT_TRUE(due(500).empty());
  set(id(1), 90, 2);  // an actor that read the clock earlier commits later
  EXPECT_EQ(due(500), (std::vector<Millis>{90}));
}

TEST_F(TimerScanTest, OneThatIsStoredDuringAScanIsNotLost) {
  set(id(1), 100, 1);
  ASSERT_EQ(now_.marks->begin_scan(500).size(), 1u);
  now_.marks->stored(keys::timer(id(1), 50, id(2), 1));
  now_.marks->scanned(id(1), 100);
  EXPECT_EQ(now_.marks->begin_scan(60).size(), 1u);
}

TEST_F(TimerScanTest, ALimitLetsEveryWorkspaceComeFirstOnce) {
  for (std::uint8_t ws = 1; ws <= 3; ++ws)
    for (Millis at = 1; at <= 5; ++at) set(id(ws), at * 10, 1);
  std::set<Id> served;
  for (int i = 0; i < 3; ++i) {
    const auto timers = now_.timers->due(1000, 2);
    for (const Row& timer : *timers) served.insert(keys::parse_timer(timer.key)->workspace);
  }
  EXPECT_EQ(served.size(), 3u);
}

TEST_F(TimerScanTest, TombstonesOfFiredTimersAreNotWalkedAgain) {
  constexpr Millis kFired = 20'000;
  Commit stored, erased;
  for (Millis at = 1; at <= kFired; ++at) {
    stored.put(Family::timer, keys::timer(ws_, at, id(1), 1), "t");
    erased.erase(Family::timer, keys::timer(ws_, at, id(1), 1));
  }
  ASSERT_EQ(commit(std::move(stored)).code, Errc::ok);
  ASSERT_EQ(commit(std::move(erased)).code, Errc::ok);
  set(ws_, kFired + 10, 1);
  const auto skipped = [&](Millis now) {
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kEnableCount);
    rocksdb::get_perf_context()->Reset();
    due(now);
    const auto count = rocksdb::get_perf_context()->internal_delete_skipped_count;
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
    return count;
  };
  EXPECT_GE(skipped(kFired + 5), static_cast<std::uint64_t>(kFired)) << "the first time";
  EXPECT_LE(skipped(kFired + 6), 1u);
  EXPECT_EQ(due(kFired + 10), (std::vector<Millis>{kFired + 10}));
}

TEST(ReadPool, RefusesWhatItCannotHoldAndFinishesWhatItTook) {
  std::latch go(1), started(1);
  int done = 0;
  {
    ThreadReadPool pool(1, 2);
    EXPECT_TRUE(pool.post([&] {
      started.count_down();
      go.wait();
      ++done;
    }));
    started.wait();
    EXPECT_TRUE(pool.post([&] { ++done; }));
    EXPECT_TRUE(pool.post([&] { ++done; }));
    EXPECT_FALSE(pool.post([&] { ++done; }));
    go.count_down();
  }
  EXPECT_EQ(done, 3);
}

}  // namespace
}  // namespace aura::storage::test
