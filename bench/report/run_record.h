// The complete record of one aura-bench run, as stored in a file: the input of the page, and the
// baseline of a later run. Plain data; one thread.
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
std::optional<RunRecord> parse_run(const std::string& json);  // nothing if it is not such a file

// The name of a result in all output: "ingest: max throughput".
std::string title_of(const Result& result);
const Result* find_same(const RunRecord& run, const Result& result);
// The value of a numeric detail.
std::optional<double> number_of(const Result& result, const std::string& key);

}  // namespace aura::bench
