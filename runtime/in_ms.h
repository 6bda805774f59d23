// Converts a duration to the milliseconds of clocks and records (runtime/clock.h). Pure.
#pragma once

#include <chrono>

#include "runtime/clock.h"

namespace aura {

constexpr Millis in_ms(auto duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

}  // namespace aura
