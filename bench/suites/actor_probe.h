// What the actors suite measures of an actor implementation, in process: bare CAF, and the engine's
// actors. Owned by the suite; called from its thread only.
#pragma once

#include <cstddef>
#include <memory>

namespace aura::bench {

class ActorProbe {
 public:
  virtual ~ActorProbe() = default;
  // Messages per second passed around a ring of `actors` for about `seconds`.
  virtual double hops_per_second(std::size_t actors, double seconds) = 0;
  // Growth of allocated memory per actor when `count` idle ones are held.
  virtual double bytes_per_idle_actor(std::size_t count) = 0;
};

std::unique_ptr<ActorProbe> make_bare_caf_probe();
// As the engine's actors: with a card in the directory on which every message is accounted.
std::unique_ptr<ActorProbe> make_engine_probe();

}  // namespace aura::bench
