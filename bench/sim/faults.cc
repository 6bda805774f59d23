#include "bench/sim/faults.h"

namespace aura::bench {

std::chrono::milliseconds Faults::latency(const Knobs& knobs) {
  double wait = knobs.latency_min_ms;
  if (happens(knobs.latency_tail_rate)) {
    wait = knobs.latency_tail_ms;
  } else if (knobs.latency_max_ms > knobs.latency_min_ms) {
    wait += chance_(random_) * (knobs.latency_max_ms - knobs.latency_min_ms);
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(wait));
}

}  // namespace aura::bench
