// What the engine has, read through its public API and its metrics: every message of every
// conversation. Blocking; for a thread beside the loop's.
#pragma once

#include "bench/scenario/stage.h"
#include "bench/scenario/verdict.h"

namespace aura::bench {

EngineTruth read_engine(const Stage& stage);

// received and finished events by the metrics, without reading any message.
EngineTruth read_counts(const Stage& stage);

}  // namespace aura::bench
