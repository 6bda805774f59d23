// RestartPolicy: decides for one failed child whether its supervisor restarts it after a delay or
// quarantines it. Pure: time and randomness are arguments. One instance per failed child; owned by
// the supervisor and used on its thread.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

#include "config/limits.h"
#include "runtime/random.h"

namespace aura {

class RestartPolicy {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Delay = std::chrono::milliseconds;

  struct Limits {
    int max_restarts = limits::kRestartsPerWindow;  // within `window`; one more quarantines
    std::chrono::milliseconds window = limits::kRestartWindow;
    Delay backoff_min{50};  // the first delay; each further delay doubles
    Delay backoff_max{30'000};
    double jitter = 0.2;                      // ± of the delay
    std::chrono::milliseconds quiet{60'000};  // after running this long, delays restart
  };

  RestartPolicy() = default;
  explicit RestartPolicy(Limits limits) : limits_(limits) {}

  // Call when the child has failed. Returns the delay until its restart, or nothing to quarantine
  // it permanently.
  std::optional<Delay> on_failure(Time now, Random& random);

  bool quarantined() const { return quarantined_; }
  // True if the policy would decide as if the child had never failed.
  bool as_new(Time now) const {
    return !quarantined_ && now - restart_due_ >= std::max(limits_.quiet, limits_.window);
  }

 private:
  Delay backoff(Random& random) const;

  Limits limits_;
  std::vector<Time> recent_;  // failures within the window, oldest first
  Time restart_due_{};        // scheduled time of the last restart
  int streak_ = 0;            // restarts without a quiet period between
  bool quarantined_ = false;
};

}  // namespace aura
