// In-process measurements of an actor implementation for the actors suite: bare CAF, or the
// engine's actors. Owned by the suite; called from its thread only.
#pragma once

#include <cstddef>
#include <memory>

namespace aura::bench {

class ActorProbe {
 public:
  virtual ~ActorProbe() = default;
  // Messages per second around a ring of `actors`, measured for about `seconds`.
  virtual double hops_per_second(std::size_t actors, double seconds) = 0;
  // Allocated memory per actor while `count` idle actors exist.
  virtual double bytes_per_idle_actor(std::size_t count) = 0;
};

std::unique_ptr<ActorProbe> make_bare_caf_probe();
// Actors like the engine's: each has a card in the directory that accounts every message.
std::unique_ptr<ActorProbe> make_engine_probe();

}  // namespace aura::bench
