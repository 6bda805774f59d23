// Until when the calls of an app are paused: an app-wide rate limit applies to every account that
// uses the app. Part of the services, outlives every actor; any thread may call.
#pragma once

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "runtime/clock.h"

namespace aura {

class AppPauses {
 public:
  void pause(std::string_view app, Millis until) {
    const std::scoped_lock lock(mutex_);
    Millis& known = pauses_[std::string(app)];
    known = std::max(known, until);
    any_.store(true, std::memory_order_relaxed);
  }
  // 0: never paused.
  Millis until(std::string_view app) const {
    if (!any_.load(std::memory_order_relaxed)) return 0;
    const std::scoped_lock lock(mutex_);
    const auto found = pauses_.find(app);
    return found == pauses_.end() ? 0 : found->second;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Millis, std::less<>> pauses_;
  std::atomic<bool> any_ = false;
};

}  // namespace aura
