// The plots of a run. Each function returns an SVG, or nothing if the run has no results for it.
// Pure.
#pragma once

#include <string>

#include "bench/report/run_record.h"

namespace aura::bench {

std::string throughput_plot(const RunRecord& run, const RunRecord* baseline);
std::string latency_plot(const RunRecord& run);
std::string growth_plot(const RunRecord& run, const RunRecord* baseline);
std::string idle_memory_plot(const RunRecord& run, const RunRecord* baseline);
std::string bytes_plot(const RunRecord& run, const RunRecord* baseline);
std::string recovery_plot(const RunRecord& run, const RunRecord* baseline);

}  // namespace aura::bench
