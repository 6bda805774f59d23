// A duration as the milliseconds that clocks and records count in (runtime/clock.h). Pure.
#pragma once

#include <chrono>

#include "runtime/clock.h"

namespace aura {

constexpr Millis in_ms(auto duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

}  // namespace aura
