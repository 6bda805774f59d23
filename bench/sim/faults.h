// Random faults: one source of random choices for all of the simulator's APIs, so that a seed
// reproduces a run. Owned by the simulator; one thread.
#pragma once

#include <chrono>
#include <random>

#include "bench/sim/knobs.h"

namespace aura::bench {

class Faults {
 public:
  explicit Faults(const KnobSet& knobs) : knobs_(knobs), random_(knobs.all().seed) {}

  const Knobs& of(Channel channel) const { return knobs_.of(channel); }
  const Knobs& of_model() const { return knobs_.of_model(); }
  bool happens(double rate) { return rate > 0 && chance_(random_) < rate; }
  std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : random_() % bound; }
  std::chrono::milliseconds latency(const Knobs& knobs);
  std::chrono::milliseconds latency(Channel channel) { return latency(of(channel)); }
  void reseed() { random_.seed(knobs_.all().seed); }

 private:
  const KnobSet& knobs_;
  std::mt19937_64 random_;
  std::uniform_real_distribution<double> chance_{0, 1};
};

}  // namespace aura::bench
