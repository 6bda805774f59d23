// Compares a result with the same result of an earlier run, in words. Pure.
#pragma once

#include <string>

#include "bench/report/run_record.h"

namespace aura::bench {

enum class Change { better, worse, same, unknown };

struct Difference {
  Change change = Change::unknown;
  std::string words;  // "12 % faster", "a third of the memory", "the same within 5 %"
};

// Results from different machines are compared by ratios only: absolute rates say nothing about the
// engine.
Difference compare(const Result& now, const Result& before, bool same_machine);
bool is_same_machine(const Machine& one, const Machine& other);

bool more_is_better(const Result& result);

}  // namespace aura::bench
