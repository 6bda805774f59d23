// Lock of a data directory: one backup at a time, and an engine that starts does not remove its
// checkpoint. Held by the copying process; the kernel releases it with the process. One thread.
#pragma once

#include <string>

namespace aura::app {

class BackupLock {
 public:
  explicit BackupLock(const std::string& data);
  ~BackupLock();
  BackupLock(const BackupLock&) = delete;
  BackupLock& operator=(const BackupLock&) = delete;
  bool held() const { return held_; }

 private:
  const int descriptor_;
  const bool held_;
};

}  // namespace aura::app
