// Ties a subscription of the live feed to the connection it feeds: when the connection has ended,
// the subscription is destroyed, even if hold() receives it only afterwards. Shared by the
// connection and the subscriber; any thread.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "runtime/ports/engine_api.h"

namespace aura::net {

class SubscriptionHolder {
 public:
  void hold(std::unique_ptr<Subscription> subscription) {
    const std::lock_guard lock(mutex_);
    if (!ended_) subscription_ = std::move(subscription);
  }
  void end() {
    // Destroyed after the lock is released, because its destructor may wait for a running callback.
    std::unique_ptr<Subscription> last;
    const std::lock_guard lock(mutex_);
    ended_ = true;
    last.swap(subscription_);
  }

 private:
  std::mutex mutex_;
  bool ended_ = false;
  std::unique_ptr<Subscription> subscription_;
};

}  // namespace aura::net
