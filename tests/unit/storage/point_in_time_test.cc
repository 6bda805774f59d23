// Restores to positions between two backups contain exactly the commits up to that position, each
// once. A restore is refused if the log is incomplete, was not kept, or belongs to another history.
#include <gmock/gmock.h>

#include "fixture.h"
#include "storage/backup/backup.h"
#include "storage/backup/kept_log.h"
#include "storage/backup/restore.h"
#include "storage/counter.h"

namespace aura::storage::test {
namespace {

using ::testing::HasSubstr;

class PointInTimeTest : public StorageTest {
 protected:
  void SetUp() override {
    keep_log_ = true;
    ASSERT_TRUE(env()->CreateDirIfMissing("/backup").ok());
    open();
  }

  // Writes one commit (a feed row, a counter, an erased row) and returns its position.
  std::uint64_t write(std::size_t bytes = 10) {
    const int n = ++written_;
    Commit c;
    c.workspace = ws_;
    c.appends.push_back({Family::feed, keys::head(ws_), std::to_string(n)});
    c.put(Family::meta, "row" + std::to_string(n), std::string(bytes, 'x'));
    if (n > 1) c.erase(Family::meta, "row" + std::to_string(n - 1));
    c.usage.push_back({1, 1});
    const CommitResult done = commit(std::move(c));
    EXPECT_EQ(done.code, Errc::ok);
    return done.sequences.empty() ? 0 : done.sequences.front();
  }
  std::uint64_t back_up(const Database& database, Keyring& keyring) {
    const std::string folder = "/checkpoint" + std::to_string(++checkpoints_);
    EXPECT_TRUE(make_checkpoint(const_cast<Database&>(database), keyring, folder, env()));
    const auto stored = store_backup(folder, place_, 1, nullptr, env());
    EXPECT_TRUE(stored) << stored.error().detail;
    return stored ? stored->position : 0;
  }
  std::uint64_t back_up() { return back_up(*now_.database, *now_.keyring); }
  Result<Restored> restore(std::uint64_t position) {
    target_ = "/restored" + std::to_string(++targets_);
    return restore_backup({place_, target_, position}, *master(), clock_, nullptr, env());
  }
  std::string refusal(std::uint64_t position) {
    const auto result = restore(position);
    EXPECT_FALSE(result);
    EXPECT_TRUE(env()->FileExists(target_ + "/db").IsNotFound());
    return result ? std::string() : result.error().detail;
  }

  // The number of commits in the restored data: feed, newest row and counter must agree.
  int commits() {
    const auto database = std::move(*Database::look(target_ + "/db", *health_, env()));
    const DatabaseReader reader(*database);
    int rows = 0;
    std::int64_t counted = 0;
    (void)reader.for_each(Family::feed, "",
                          [&](std::string_view, std::string_view) { return ++rows > 0; });
    (void)reader.for_each(Family::usage, "", [&](std::string_view, std::string_view value) {
      counted += decode_counter(value).value_or(-1000);
      return true;
    });
    EXPECT_EQ(counted, rows);
    for (int n = 1; n <= written_; ++n)
      EXPECT_EQ(reader.get(Family::meta, "row" + std::to_string(n))->has_value(), n == rows) << n;
    return rows;
  }
  std::string newest_log() {
    const std::string folder = copy_folder(place_.log, positions_in(place_.log, env())->back());
    const auto names = names_in(*env(), folder);
    std::string newest;
    for (const std::string& name : *names) {
      std::uint64_t size = 0;
      if (name.ends_with(".log") && env()->GetFileSize(folder + "/" + name, &size).ok() && size > 0)
        newest = folder + "/" + name;
    }
    return newest;
  }

  const Id ws_ = id(1);
  const BackupPlace place_ = backup_place("/backup");
  int written_ = 0, checkpoints_ = 0, targets_ = 0;
  std::string target_;
};

TEST_F(PointInTimeTest, EveryPositionBetweenTwoBackupsIsRestored) {
  write();
  back_up();
  std::vector<std::uint64_t> positions;
  for (const std::size_t bytes : {10u, 100'000u, 7u, 32'000u, 32'761u, 1u, 70'000u, 10u})
    positions.push_back(write(bytes));
  reopen();  // a restart begins a new log
  for (int i = 0; i < 4; ++i) positions.push_back(write());
  back_up();
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto restored = restore(positions[i]);
    ASSERT_TRUE(restored) << restored.error().detail;
    EXPECT_EQ(restored->position, positions[i]);
    EXPECT_EQ(commits(), static_cast<int>(i) + 2);
  }
}

TEST_F(PointInTimeTest, WhatIsInBetweenTwoCommitsIsTheFirstOfThem) {
  back_up();
  const std::uint64_t first = write();
  Commit two;  // two rows in one commit: both or neither
  two.workspace = ws_;
  for (int i = 0; i < 2; ++i) two.appends.push_back({Family::journal, keys::head(ws_), "event"});
  const auto sequences = commit(std::move(two)).sequences;
  back_up();
  const auto restored = restore(sequences.front());
  ASSERT_TRUE(restored) << restored.error().detail;
  EXPECT_EQ(restored->position, first);
}

TEST_F(PointInTimeTest, WithoutTheWholeLogItIsRefused) {
  back_up();
  const std::uint64_t first = write();
  // A log is deleted when no family needs it any more.
  std::vector<rocksdb::ColumnFamilyHandle*> all;
  for (int i = 0; i < kFamilyCount; ++i)
    all.push_back(now_.database->handle(Family{static_cast<std::uint8_t>(i)}));
  ASSERT_TRUE(now_.database->db().Flush({}, all).ok());
  ASSERT_TRUE(trim_kept_log(*env(), "/db", 0));
  write();
  back_up();
  EXPECT_THAT(refusal(first), HasSubstr("was not kept (storage.keep_log_mb)"));
}

TEST_F(PointInTimeTest, AnAlteredOrMissingLogIsRefusedByName) {
  back_up();
  const std::uint64_t first = write();
  write();
  back_up();
  const std::string log = newest_log();
  std::string bytes;
  ASSERT_TRUE(rocksdb::ReadFileToString(env(), log, &bytes).ok());
  std::string altered = bytes;
  altered[altered.size() / 2] = static_cast<char>(altered[altered.size() / 2] ^ 1);
  ASSERT_TRUE(rocksdb::WriteStringToFile(env(), altered, log).ok());
  EXPECT_THAT(refusal(first), HasSubstr(log + " was altered"));
  ASSERT_TRUE(env()->DeleteFile(log).ok());
  EXPECT_THAT(refusal(first), HasSubstr(log + " is missing"));
}

TEST_F(PointInTimeTest, AnotherHistoryIsNotMixedIn) {
  const std::uint64_t before = back_up();
  write();
  const std::uint64_t lost = back_up();
  ASSERT_TRUE(restore(before));
  close();
  ASSERT_TRUE(env()->RenameFile("/db", "/old_db").ok());
  ASSERT_TRUE(env()->RenameFile("/keys", "/old_keys").ok());
  ASSERT_TRUE(env()->RenameFile(target_ + "/db", "/db").ok());
  ASSERT_TRUE(env()->RenameFile(target_ + "/keys", "/keys").ok());
  open();
  written_ = 0;
  const std::uint64_t other = write();
  write();
  back_up();
  EXPECT_EQ(restore(other).error().code, Errc::not_found)
      << "before the new history's first backup";
  EXPECT_EQ(restore(lost)->position, lost);
  EXPECT_EQ(commits(), 1);
  const std::uint64_t later = write();
  write();
  back_up();
  EXPECT_EQ(restore(later)->position, later);
  EXPECT_EQ(commits(), 3);
}

TEST_F(PointInTimeTest, TheNewestKeptLogsStay) {
  ASSERT_TRUE(env()->CreateDirIfMissing("/db/archive").ok());
  for (const char* name : {"000001.log", "000002.log", "000003.log"})
    ASSERT_TRUE(
        rocksdb::WriteStringToFile(env(), std::string(100, 'x'), std::string("/db/archive/") + name)
            .ok());
  ASSERT_TRUE(trim_kept_log(*env(), "/db", 250));
  EXPECT_EQ(*names_in(*env(), "/db/archive"),
            (std::vector<std::string>{"000002.log", "000003.log"}));
  ASSERT_TRUE(trim_kept_log(*env(), "/none", 0)) << "nothing was kept";
}

}  // namespace
}  // namespace aura::storage::test
