// How CAF schedules the actors: number of threads, fairness between actors, and priority below the
// threads that acknowledge. Called once, before the actor system is made of the configuration.
#pragma once

#include <caf/actor_system_config.hpp>

namespace aura::app {

// `threads` 0: one per core. Returns `config`.
caf::actor_system_config& schedule(caf::actor_system_config& config, int threads);

}  // namespace aura::app
