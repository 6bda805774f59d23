// Whether the data directory's file system has room for new work. enough() checks the file system
// at most twice a second. Created by the application, outlives the engine. Any thread may call.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace aura {

class DiskSpace {
 public:
  // `min_free_bytes` 0: 5 % of the file system, at most 1 GiB.
  DiskSpace(std::string path, std::int64_t min_free_bytes);
  bool enough() const;

 private:
  const std::string path_;
  const std::int64_t min_free_bytes_;
  mutable std::atomic<std::int64_t> looked_at_ms_{0};  // monotonic
  mutable std::atomic<bool> enough_{true};
};

}  // namespace aura
