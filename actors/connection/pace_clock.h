// The clock of rates, pauses and due times: the wall clock's time that is never set back, so that a
// corrected clock holds nothing up. A member of its connection actor and used on it.
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
    seen_ += passed;  // what is less than a millisecond counts next time
    at_ = std::max<Millis>(at_ + passed.count(), clock_.now_ms());
    return at_;
  }

 private:
  const Clock& clock_;
  Millis at_;
  std::chrono::steady_clock::time_point seen_;
};

}  // namespace aura
