// Implements the Checkpoints port: makes checkpoints beside the data on a separate thread, because
// that waits for the disk. Owned by the application; the destructor waits for a running checkpoint.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include "runtime/clock.h"
#include "runtime/ports/operations.h"
#include "storage/storage.h"

namespace aura::app {

class StoredCheckpoints final : public Checkpoints {
 public:
  // Both must outlive this object.
  StoredCheckpoints(storage::Storage& store, const Clock& clock, const std::filesystem::path& data);
  ~StoredCheckpoints() override;

  void checkpoint(Reply<std::string> reply) override;

 private:
  Result<std::string> make();

  storage::Storage& store_;
  const Clock& clock_;
  const std::string folder_;
  std::atomic<bool> busy_{false};
  std::mutex mutex_;
  std::thread worker_;  // guarded by mutex_
};

}  // namespace aura::app
