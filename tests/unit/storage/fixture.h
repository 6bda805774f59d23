// Storage over an in-memory file system, with a writer that runs only when the test calls it.
#pragma once

#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "storage/commit/writer.h"
#include "storage/database.h"
#include "storage/database_reader.h"
#include "storage/keys.h"
#include "storage/timers/timer_scan.h"
#include "storage/vault/data_key.h"
#include "storage/vault/keyring.h"
#include "storage/vault/vault.h"

namespace aura::storage::test {

inline Id id(std::uint8_t n) {
  Id made;
  made.bytes.fill(n);
  return made;
}

// Keyring, database and the objects that use them; reopen() recreates all of them.
struct Opened {
  std::unique_ptr<Keyring> keyring;
  std::unique_ptr<Database> database;
  std::unique_ptr<KeyVault> vault;
  std::unique_ptr<DatabaseReader> reader;
  std::unique_ptr<TimerMarks> marks;
  std::unique_ptr<TimerScan> timers;
  std::unique_ptr<Writer> writer;
};

class StorageTest : public ::testing::Test {
 protected:
  StorageTest() : env_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {}

  DataKeyPtr master() const { return std::make_shared<AesKey>(std::string(kDataKeySize, 'm')); }
  virtual rocksdb::Env* env() { return env_.get(); }
  std::unique_ptr<Health> new_health() {
    exits_ = 0;
    return std::make_unique<Health>([this](int code) {
      EXPECT_EQ(code, kExitStorageFailed);
      ++exits_;
    });
  }

  // The writer is created last; it is null if opening anything failed.
  void open(WriterOptions options = {}) {
    close();
    auto keyring = Keyring::open("/keys", *master(), *health_, env());
    ASSERT_TRUE(keyring) << keyring.error().detail;
    now_.keyring = std::move(*keyring);
    auto database =
        Database::open("/db", {1 << 20, write_buffer_bytes_, keep_log_}, *health_, clock_, env());
    ASSERT_TRUE(database) << database.error().detail;
    now_.database = std::move(*database);
    now_.vault = std::make_unique<KeyVault>(*now_.keyring, master());
    now_.reader = std::make_unique<DatabaseReader>(*now_.database);
    now_.marks = std::make_unique<TimerMarks>();
    now_.timers = std::make_unique<TimerScan>(*now_.database, *now_.marks);
    options.timers = now_.marks.get();
    auto writer = Writer::create(*now_.database, *now_.keyring, clock_, std::move(options));
    ASSERT_TRUE(writer) << writer.error().detail;
    now_.writer = std::move(*writer);
  }
  void close() {
    now_.writer.reset();
    now_.timers.reset();
    now_.reader.reset();
    now_.vault.reset();
    now_.database.reset();
    now_.keyring.reset();
  }
  void reopen(WriterOptions options = {}) {
    close();
    open(std::move(options));
  }

  // The result is filled in when the group has run.
  std::shared_ptr<CommitResult> submit(Commit commit) {
    auto result = std::make_shared<CommitResult>(CommitResult{Errc::internal, {}});
    now_.writer->submit(std::move(commit), [result](const CommitResult& r) { *result = r; });
    return result;
  }
  CommitResult commit(Commit commit) {
    auto result = submit(std::move(commit));
    now_.writer->run_group();
    return *result;
  }
  std::optional<std::string> get(Family family, const std::string& key) {
    auto value = now_.reader->get(family, key);
    EXPECT_TRUE(value);
    return value ? *value : std::nullopt;
  }

  std::unique_ptr<rocksdb::Env> env_;
  FakeClock clock_;
  std::atomic<int> exits_{0};  // RocksDB's threads report failures, too
  std::unique_ptr<Health> health_ = new_health();
  std::size_t write_buffer_bytes_ = std::size_t{16} << 20;
  bool keep_log_ = false;
  Opened now_;
};

}  // namespace aura::storage::test
