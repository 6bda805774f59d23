// The activation figures of the `actors` suite.
#pragma once

#include <chrono>

#include "bench/suites/scene.h"

namespace aura::bench {

// Stores this many conversations, lets them leave memory (the engine's idle time is `idle`), and
// reports how long activating them takes: warm, and after a restart with cold files.
void measure_activation(Context& context, Scene& scene, std::chrono::seconds idle,
                        std::size_t conversations);

}  // namespace aura::bench
