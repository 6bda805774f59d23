// What RocksDB's own threads and the commit path found wrong with the disk, and what follows:
//
//   a failed fsync, any other I/O error   the process ends at once with 75; fsync is never retried,
//                                         because the kernel may have dropped the pages it failed
//                                         on
//   no space                              commits are refused (unavailable) until space is back
//   damaged data                          commits are refused until an operator restores; reads go
//   on
//
// One for both databases of a process; owned by whoever opens them. Any thread may call.
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
  // `exit` does not return, except in tests.
  explicit Health(std::function<void(int)> exit) : exit_(std::move(exit)) {}

  // What a failed write, flush or compaction means.
  void failed(std::string_view where, const rocksdb::Status& status);
  void fatal(std::string_view where, const rocksdb::Status& status);

  bool writable() const { return !dead_ && !damaged_; }

  // Told by the writer, for readiness; the writer itself goes on trying.
  void set_full(bool is_full) { full_ = is_full; }
  bool full() const { return full_; }

 private:
  const std::function<void(int)> exit_;
  std::atomic<bool> dead_{false};
  std::atomic<bool> damaged_{false};
  std::atomic<bool> full_{false};
};

// Tells `health`, which must outlive the database, of what happens on RocksDB's threads.
std::shared_ptr<rocksdb::EventListener> health_listener(Health& health);

}  // namespace aura::storage
