// One backup of a data directory at a time, and nobody clears its checkpoint away meanwhile. Held
// by the process that copies; the kernel ends it with the process. One thread.
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
