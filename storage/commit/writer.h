// The local CommitLog: writes queued commits as one group with one fsync, then calls back each
// caller. While one group is being synced, the next one gathers, under load a moment longer.
// Owned by the application. Without start() there is no thread and groups are written by
// run_group(): for tests and the simulation, on one thread. stop() refuses new commits and writes
// the queued ones; the destructor calls it.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "config/limits.h"
#include "storage/commit/group.h"
#include "storage/store.h"
#include "storage/timers/timer_marks.h"

namespace aura::storage {

struct WriterOptions {
  bool sync = true;  // config storage.sync
  std::size_t group_bytes = limits::kCommitGroupBytes;
  std::size_t group_commits = limits::kCommitGroupBatches;
  std::int64_t queue_bytes = limits::kWriterQueueBytes;  // above: Errc::overloaded
  FeedListener on_feed;                                  // after the acks of its group
  TimerMarks* timers = nullptr;                          // receives the stored timers
};

class Writer final : public CommitLog {
 public:
  // All must outlive the writer.
  static Result<std::unique_ptr<Writer>> create(Database& database, Keyring& keyring,
                                                const Clock& clock, WriterOptions options = {});
  ~Writer() override;

  void submit(Commit commit, std::function<void(const CommitResult&)> done) override;

  // Call before the first commit.
  void set_feed_listener(FeedListener listener) { options_.on_feed = std::move(listener); }

  std::vector<Id> take_audited() { return group_.take_audited(); }

  void start();
  void stop();

  // Writes one group and returns the number of answered commits; 0: nothing was queued.
  std::size_t run_group();

 private:
  struct Item {
    Commit commit;
    std::function<void(const CommitResult&)> done;
    std::int64_t bytes = 0;
  };
  struct Metrics;

  Writer(Database& database, Keyring& keyring, const Clock& clock, WriterOptions options);
  void run();
  void gather(std::chrono::steady_clock::time_point until);
  bool form_group(bool wait);
  void take_some(std::deque<Item>& from, std::size_t commits);
  std::size_t queued() const { return awaited_.size() + queue_.size(); }  // under mutex_
  std::size_t write_formed();
  bool may_write();
  bool write_group();
  void store_group();
  std::size_t answer_group();

  Database& database_;
  Keyring& keyring_;
  const Clock& clock_;
  WriterOptions options_;
  Metrics& metrics_;

  std::atomic<std::int64_t> queued_bytes_{0};
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Item> awaited_, queue_;  // guarded by mutex_
  std::size_t wake_at_ = 0;  // guarded by mutex_: queued commits the thread waits for; 0: none
  std::thread thread_;

  // Used on the writer's thread only.
  Group group_;
  std::vector<Item> forming_;  // the current group
  std::vector<CommitResult> results_;
  bool slow_ = false;  // the last group took long
  bool no_space_ = false;
  std::chrono::steady_clock::time_point retry_at_;
};

}  // namespace aura::storage
