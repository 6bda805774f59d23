// A run as one HTML page that needs nothing else: verdict, plots (throughput beside its reference,
// latency percentiles, growth, memory), every figure in a table; beside an earlier run if there is
// one, the differences in words and colour. Pure.
#pragma once

#include <string>

#include "bench/report/run_record.h"

namespace aura::bench {

std::string page_of(const RunRecord& run, const RunRecord* baseline);

}  // namespace aura::bench
