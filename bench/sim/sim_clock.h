// The simulator's clock, replaceable in tests: milliseconds since 1970.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace aura::bench {

using SimClock = std::function<std::int64_t()>;

inline std::int64_t wall_clock_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace aura::bench
