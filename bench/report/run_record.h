// Everything one run of aura-bench found, as it is kept in a file: what a page is made of and what
// a later run is compared with. Plain data; one thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/harness/report.h"
#include "bench/harness/usage.h"

namespace aura::bench {

struct RunRecord {
  std::string taken_at;  // RFC 3339, UTC
  std::string command;   // what was asked for
  Machine machine;
  std::vector<Result> results;
};

std::string to_json(const RunRecord& run);
std::optional<RunRecord> parse_run(const std::string& json);  // nothing: not such a file

// A result as it is named everywhere: "ingest: max throughput".
std::string title_of(const Result& result);
const Result* find_same(const RunRecord& run, const Result& result);
// A detail that is a number.
std::optional<double> number_of(const Result& result, const std::string& key);

}  // namespace aura::bench
