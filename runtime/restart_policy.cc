#include "runtime/restart_policy.h"

#include <algorithm>

namespace aura {

std::optional<RestartPolicy::Delay> RestartPolicy::on_failure(Time now, Random& random) {
  if (quarantined_) return std::nullopt;
  std::erase_if(recent_, [&](Time at) { return now - at >= limits_.window; });
  // The quiet period counts from the restart, not from the failure: a child that waits for its
  // restart is not running well.
  if (now - restart_due_ >= limits_.quiet) streak_ = 0;
  if (static_cast<int>(recent_.size()) >= limits_.max_restarts) {
    quarantined_ = true;
    return std::nullopt;
  }
  const Delay delay = backoff(random);
  recent_.push_back(now);
  restart_due_ = now + delay;
  ++streak_;
  return delay;
}

RestartPolicy::Delay RestartPolicy::backoff(Random& random) const {
  Delay delay = limits_.backoff_min;
  for (int i = 0; i < streak_ && delay < limits_.backoff_max; ++i) delay *= 2;
  return random.jitter(std::min(delay, limits_.backoff_max), limits_.jitter);
}

}  // namespace aura
