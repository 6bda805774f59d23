// Counts by the hour how many of a channel's finished messages carriers filtered as spam, and
// raises an alert at most once a day if the share of the last 24 hours is too high. In memory only.
// Pure: time is an argument.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/clock.h"
#include "runtime/ports/channel_event.h"

namespace aura {

class FilteredShare {
 public:
  struct Alert {
    int filtered = 0;
    int ended = 0;
  };
  std::optional<Alert> ended(bool filtered, Millis now);

  // Counts what ended in these events, and adds what the owner is to be told. One filtered message
  // is normal.
  void watch(std::vector<ChannelEvent>& events, Millis now);

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
