// The engine's view of a scenario, read through its public API and its metrics: every message of
// every conversation. Blocks; runs on a thread beside the loop's.
#pragma once

#include "bench/scenario/stage.h"
#include "bench/scenario/verdict.h"

namespace aura::bench {

EngineTruth read_engine(const Stage& stage);

// Reads received and finished events from the metrics, without reading any message.
EngineTruth read_counts(const Stage& stage);

}  // namespace aura::bench
