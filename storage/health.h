// Disk problems found by RocksDB's threads or the commit path, and the reaction to each:
//
//   failed fsync, other I/O errors   the process ends at once with exit status 75; fsync is never
//                                    retried, because the kernel may have dropped the failed pages
//   no space                         commits are refused (unavailable) until space is available
//   damaged data                     commits are refused until an operator restores; reads continue
//
// One instance for both databases of a process, owned by the code that opens them. Any thread may
// call.
#pragma once

#include <rocksdb/listener.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>

namespace aura::storage {

inline constexpr int kExitStorageFailed = 75;

class Health {
 public:
  // `exit` must not return, except in tests.
  explicit Health(std::function<void(int)> exit) : exit_(std::move(exit)) {}

  // Reports a failed write, flush or compaction.
  void failed(std::string_view where, const rocksdb::Status& status);
  void fatal(std::string_view where, const rocksdb::Status& status);

  bool writable() const { return !dead_ && !damaged_; }

  // Set by the writer, for readiness; the writer itself keeps trying.
  void set_full(bool is_full) { full_ = is_full; }
  bool full() const { return full_; }

 private:
  const std::function<void(int)> exit_;
  std::atomic<bool> dead_{false};
  std::atomic<bool> damaged_{false};
  std::atomic<bool> full_{false};
};

// Reports errors of RocksDB's threads to `health`, which must outlive the database.
std::shared_ptr<rocksdb::EventListener> health_listener(Health& health);

}  // namespace aura::storage
