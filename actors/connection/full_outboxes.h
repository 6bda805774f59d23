// The channels whose outbox has reached its memory bound: API requests that would add messages are
// refused (503). Set by connections, read by conversations. Part of the services; any thread.
#pragma once

#include <atomic>
#include <mutex>
#include <unordered_set>

#include "runtime/ids.h"

namespace aura {

class FullOutboxes {
 public:
  void set(const Id& channel, bool full) {
    const std::lock_guard lock(mutex_);
    if (full)
      channels_.insert(channel);
    else
      channels_.erase(channel);
    any_.store(!channels_.empty(), std::memory_order_relaxed);
  }
  bool contains(const Id& channel) const {
    if (!any_.load(std::memory_order_relaxed)) return false;
    const std::lock_guard lock(mutex_);
    return channels_.contains(channel);
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_set<Id> channels_;
  std::atomic<bool> any_ = false;
};

}  // namespace aura
