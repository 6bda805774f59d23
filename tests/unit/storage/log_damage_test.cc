// Damage in the logs (fault F6): either everything acknowledged reads back, or the start is refused
// with the file's name. The torn end of a log, which was never acknowledged, is cut off.
#include "storage/commit/log_damage.h"

#include <algorithm>

#include "fixture.h"
#include "runtime/random.h"

namespace aura::storage::test {
namespace {

class LogDamageTest : public StorageTest {
 protected:
  static constexpr int kRows = 60;

  void SetUp() override {
    open();
    SeededRandom random(1);
    for (int n = 0; n < kRows; ++n) {
      Commit c;
      c.workspace = id(1);
      std::string value(random.uniform(1, 3000), '\0');
      for (char& byte : value) byte = static_cast<char>(random.next());
      c.put(Family::meta, row(n), value);
      ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
    }
    close();
    read_files();
  }

  void read_files() {
    files_.clear();
    std::vector<std::string> names;
    ASSERT_TRUE(env()->GetChildren("/db", &names).ok());
    for (const std::string& name : names) {
      if (name == "LOCK") continue;
      std::string bytes;
      ASSERT_TRUE(rocksdb::ReadFileToString(env(), "/db/" + name, &bytes).ok()) << name;
      files_[name] = bytes;
      if (name.ends_with(".log")) log_ = name;
    }
  }

  static std::string row(int n) { return "row " + std::to_string(1000 + n); }

  // Restores the data directory, except this log.
  void restore(const std::string& log) {
    close();
    std::vector<std::string> names;
    ASSERT_TRUE(env()->GetChildren("/db", &names).ok());
    for (const std::string& name : names) {
      if (name == "LOCK") continue;
      ASSERT_TRUE(env()->DeleteFile("/db/" + name).ok()) << name;
    }
    for (const auto& [name, bytes] : files_)
      ASSERT_TRUE(
          rocksdb::WriteStringToFile(env(), name == log_ ? log : bytes, "/db/" + name, true).ok());
  }

  // The number of rows after opening; -1 if opening was refused with the log's name.
  int rows_after_opening() {
    const auto opened = Database::open("/db", {}, *health_, clock_, env());
    if (!opened) {
      EXPECT_EQ(opened.error().code, Errc::corrupt);
      EXPECT_NE(opened.error().detail.find(log_), std::string::npos) << opened.error().detail;
      return -1;
    }
    const DatabaseReader reader(**opened);
    return static_cast<int>(reader.scan(Family::meta, "row ", "", 1000)->size());
  }

  std::map<std::string, std::string> files_;
  std::string log_;
};

TEST_F(LogDamageTest, AFlippedBitInFrontOfAcknowledgedRecordsIsRefused) {
  const std::string whole = files_[log_];
  SeededRandom random(20'261'125);
  int refused = 0;
  for (int i = 0; i < 200; ++i) {
    std::string damaged = whole;
    const auto at = random.uniform(0, whole.size() * 9 / 10);
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << random.uniform(0, 7)));
    restore(damaged);
    const int rows = rows_after_opening();
    EXPECT_TRUE(rows == -1 || rows == kRows) << rows << " rows: a bit of byte " << at;
    refused += rows == -1 ? 1 : 0;
  }
  EXPECT_GT(refused, 190) << "only the filling between blocks may be damaged without harm";
}

TEST_F(LogDamageTest, ATornEndIsCutOffWhereverItIs) {
  const std::string whole = files_[log_];
  SeededRandom random(7);
  for (int i = 0; i < 60; ++i) {
    std::string torn = whole.substr(0, random.uniform(0, whole.size()));
    for (auto garbage = random.uniform(0, 3) * 512; garbage > 0; --garbage)
      torn += static_cast<char>(random.next());
    restore(torn);
    EXPECT_GE(rows_after_opening(), 0) << torn.size() << " bytes";
  }
}

TEST_F(LogDamageTest, WithoutDamageEverythingIsThere) {
  restore(files_[log_]);
  EXPECT_EQ(rows_after_opening(), kRows);
}

// The last record spans several blocks and was not synced: its pieces may reach the disk in any
// order, so a hole in it is not damage.
TEST_F(LogDamageTest, AHoleInTheLastRecordIsATornEnd) {
  open();
  Commit large;
  large.workspace = id(1);
  large.put(Family::meta, "large", std::string(150'000, 'x'));
  ASSERT_EQ(commit(std::move(large)).code, Errc::ok);
  close();
  std::vector<std::string> names;
  ASSERT_TRUE(env()->GetChildren("/db", &names).ok());
  for (const std::string& name : names) {
    if (!name.ends_with(".log")) continue;
    std::string bytes;
    ASSERT_TRUE(rocksdb::ReadFileToString(env(), "/db/" + name, &bytes).ok());
    if (bytes.size() < 150'000) continue;
    EXPECT_FALSE(find_break(bytes).at) << "whole";
    std::fill_n(bytes.begin() + 40'000, 8'192, '\0');
    const LogBreak torn = find_break(bytes);
    EXPECT_EQ(torn.at, 32'768u) << "the piece that the hole is in";
    EXPECT_FALSE(torn.goes_on);
    ASSERT_TRUE(rocksdb::WriteStringToFile(env(), bytes, "/db/" + name, true).ok());
  }
  EXPECT_EQ(rows_after_opening(), kRows);
}

// The MANIFEST names the tables. RocksDB takes its damaged end for a torn one and opens what was
// there before: without the tables since, whose logs are gone.
TEST_F(LogDamageTest, AFlippedBitInTheManifestIsRefusedOrHarmless) {
  open();
  ASSERT_TRUE(now_.database->db().Flush({}, now_.database->handle(Family::meta)).ok());
  Commit more;
  more.workspace = id(1);
  more.put(Family::feed, "more", "more");
  ASSERT_EQ(commit(std::move(more)).code, Errc::ok);
  ASSERT_TRUE(now_.database->db().Flush({}, now_.database->handle(Family::feed)).ok());
  close();
  read_files();
  const auto manifest = std::find_if(files_.begin(), files_.end(), [](const auto& file) {
    return file.first.starts_with("MANIFEST");
  });
  ASSERT_NE(manifest, files_.end());
  const std::string whole = manifest->second;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    manifest->second[at] = static_cast<char>(whole[at] ^ (1 << at % 8));
    restore(files_[log_]);
    const auto opened = Database::open("/db", {}, *health_, clock_, env());
    manifest->second[at] = whole[at];
    if (!opened) {
      EXPECT_NE(opened.error().detail.find("MANIFEST"), std::string::npos) << opened.error().detail;
      continue;
    }
    const DatabaseReader reader(**opened);
    EXPECT_EQ(reader.scan(Family::meta, "row ", "", 1000)->size(), kRows)
        << at << " of " << whole.size();
    EXPECT_TRUE(*reader.get(Family::feed, "more")) << at << " of " << whole.size();
  }
}

// Damage that only reading finds: after it, nothing is written any more and readiness reports it.
TEST_F(LogDamageTest, ADamagedTableIsFoundByReadingAndEndsAllWriting) {
  open();
  ASSERT_TRUE(now_.database->db().Flush({}, now_.database->handle(Family::meta)).ok());
  close();
  std::vector<std::string> names;
  ASSERT_TRUE(env()->GetChildren("/db", &names).ok());
  for (const std::string& name : names) {
    if (!name.ends_with(".sst")) continue;
    std::string bytes;
    ASSERT_TRUE(rocksdb::ReadFileToString(env(), "/db/" + name, &bytes).ok());
    if (bytes.size() < 20'000) continue;  // the large table has the rows
    bytes[bytes.size() / 3] = static_cast<char>(bytes[bytes.size() / 3] ^ 4);
    ASSERT_TRUE(rocksdb::WriteStringToFile(env(), bytes, "/db/" + name, true).ok());
  }
  open();
  const auto rows = now_.reader->scan(Family::meta, "row ", "", 1000);
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().code, Errc::corrupt);
  EXPECT_FALSE(health_->writable());
  Commit c;
  c.workspace = id(1);
  c.put(Family::meta, "more", "");
  EXPECT_EQ(commit(std::move(c)).code, Errc::unavailable);
}

}  // namespace
}  // namespace aura::storage::test
