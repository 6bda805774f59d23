// The clock for rates, pauses and due times: wall clock time that never goes backwards, so that
// setting the system clock back delays no sends. A member of the connection actor, used on it.
#pragma once

#include <algorithm>
#include <chrono>

#include "runtime/clock.h"

namespace aura {

class PaceClock {
 public:
  explicit PaceClock(const Clock& clock)
      : clock_(clock), at_(clock.now_ms()), seen_(clock.monotonic()) {}

  Millis now() {
    const auto passed =
        std::chrono::duration_cast<std::chrono::milliseconds>(clock_.monotonic() - seen_);
    seen_ += passed;  // the rest below a millisecond is kept for the next call
    at_ = std::max<Millis>(at_ + passed.count(), clock_.now_ms());
    return at_;
  }

 private:
  const Clock& clock_;
  Millis at_;
  std::chrono::steady_clock::time_point seen_;
};

}  // namespace aura
