#include "runtime/app/backup_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace aura::app {

BackupLock::BackupLock(const std::string& data)
    : descriptor_(::open((data + "/backup.lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)),
      held_(descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {}

BackupLock::~BackupLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace aura::app
