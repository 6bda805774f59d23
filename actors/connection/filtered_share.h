// How many of a channel's messages carriers took for spam, of those that ended within a day: more
// than a small share is told, once a day. Counts of one life, by the hour. Pure: time is an
// argument.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "runtime/clock.h"

namespace aura {

class FilteredShare {
 public:
  struct Alert {
    int filtered = 0;
    int ended = 0;
  };
  std::optional<Alert> ended(bool filtered, Millis now);

 private:
  static constexpr std::int64_t kHours = 24;
  struct Hour {
    std::int64_t number = -1;
    int filtered = 0;
    int ended = 0;
  };
  std::array<Hour, kHours> hours_;
  std::int64_t quiet_until_ = 0;  // the hour of the next alert, at the earliest
};

}  // namespace aura
