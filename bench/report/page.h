// Formats a run as one self-contained HTML page: verdict, plots (throughput next to its reference,
// latency percentiles, growth, memory), and a table of every figure; with an earlier run, also the
// differences in words and colour. Pure.
#pragma once

#include <string>

#include "bench/report/run_record.h"

namespace aura::bench {

std::string page_of(const RunRecord& run, const RunRecord* baseline);

}  // namespace aura::bench
