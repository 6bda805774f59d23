// RestartPolicy: what a supervisor does when a child fails: restart it after a delay, or quarantine
// it. Pure: time and randomness are arguments. One a child that has failed; owned by its supervisor
// and used on its thread.
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
    int max_restarts = limits::kRestartsPerWindow;  // within `window`; one more: quarantine
    std::chrono::milliseconds window = limits::kRestartWindow;
    Delay backoff_min{50};  // the first delay; each further one is twice as long
    Delay backoff_max{30'000};
    double jitter = 0.2;                      // ± of the delay
    std::chrono::milliseconds quiet{60'000};  // ran so long: the delays begin anew
  };

  RestartPolicy() = default;
  explicit RestartPolicy(Limits limits) : limits_(limits) {}

  // The child failed now. The delay until its restart, or nothing: quarantine it, for good.
  std::optional<Delay> on_failure(Time now, Random& random);

  bool quarantined() const { return quarantined_; }
  // It would do the same if it had never failed.
  bool as_new(Time now) const {
    return !quarantined_ && now - restart_due_ >= std::max(limits_.quiet, limits_.window);
  }

 private:
  Delay backoff(Random& random) const;

  Limits limits_;
  std::vector<Time> recent_;  // failures within the window, oldest first
  Time restart_due_{};        // when the last restart was to happen
  int streak_ = 0;            // restarts without a quiet time between
  bool quarantined_ = false;
};

}  // namespace aura
