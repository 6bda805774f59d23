#include "net/providers/models/breaker.h"

#include <algorithm>

#include "config/limits.h"

namespace aura::net::models {

bool Breaker::admit(Time now) {
  const std::lock_guard lock(mutex_);
  if (now < rests_until_ || probing_) return false;
  probing_ = failures_ >= limits::kBreakerFailures;
  return true;
}

void Breaker::succeeded() {
  const std::lock_guard lock(mutex_);
  failures_ = 0;
  probing_ = false;
  rests_until_ = {};
}

void Breaker::failed(Time now, std::optional<std::chrono::milliseconds> rest) {
  const std::lock_guard lock(mutex_);
  probing_ = false;
  if (++failures_ >= limits::kBreakerFailures)
    rests_until_ = std::max(rests_until_, now + limits::kModelRest);
  if (rest)
    rests_until_ = std::max<Time>(
        rests_until_, now + std::min<std::chrono::milliseconds>(*rest, limits::kModelRestMost));
}

void Breaker::dropped() {
  const std::lock_guard lock(mutex_);
  probing_ = false;
}

}  // namespace aura::net::models
