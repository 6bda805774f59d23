#include "actors/connection/filtered_share.h"

#include "config/limits.h"

namespace aura {

std::optional<FilteredShare::Alert> FilteredShare::ended(bool filtered, Millis now) {
  constexpr Millis kHour = 3'600'000;
  const std::int64_t number = now / kHour;
  Hour& hour = hours_[static_cast<std::size_t>(number % kHours)];
  if (hour.number != number) hour = {number};
  ++hour.ended;
  if (!filtered) return std::nullopt;
  ++hour.filtered;
  if (number < quiet_until_) return std::nullopt;
  Alert sum;
  for (const Hour& one : hours_) {
    if (one.number <= number - kHours) continue;
    sum.filtered += one.filtered;
    sum.ended += one.ended;
  }
  const bool many = sum.filtered > limits::kFilteredShare * sum.ended;
  if (!many || sum.filtered < limits::kFilteredLeast) return std::nullopt;
  quiet_until_ = number + kHours;
  return sum;
}

}  // namespace aura
