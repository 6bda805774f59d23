#include "runtime/disk_space.h"

#include <sys/statvfs.h>

#include <algorithm>

namespace aura {

DiskSpace::DiskSpace(std::string path, std::int64_t min_free_bytes)
    : path_(std::move(path)), min_free_bytes_(min_free_bytes) {}

bool DiskSpace::enough() const {
  constexpr std::int64_t kLookEveryMs = 500;
  constexpr std::int64_t kLargestPart = std::int64_t{1} << 30;
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::steady_clock::now().time_since_epoch())
                       .count();
  std::int64_t last = looked_at_ms_.load(std::memory_order_relaxed);
  if (now - last >= kLookEveryMs && looked_at_ms_.compare_exchange_strong(last, now)) {
    struct statvfs file_system {};
    if (statvfs(path_.c_str(), &file_system) == 0) {
      const auto bytes = [&](auto blocks) {
        return static_cast<std::int64_t>(blocks) * static_cast<std::int64_t>(file_system.f_frsize);
      };
      const std::int64_t part = std::min(bytes(file_system.f_blocks) / 20, kLargestPart);
      enough_ = bytes(file_system.f_bavail) >= (min_free_bytes_ > 0 ? min_free_bytes_ : part);
    }
  }
  return enough_;
}

}  // namespace aura
