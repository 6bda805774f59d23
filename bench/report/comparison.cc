#include "bench/report/comparison.h"

#include <cmath>

namespace aura::bench {
namespace {

constexpr double kNoise = 0.05;  // runs on one machine differ by up to this share

const char* word_of(const Result& result, bool better, bool ratio) {
  if (ratio) return better ? "better against the reference" : "worse against the reference";
  if (result.unit == "bytes" || result.unit == "MB") return better ? "smaller" : "larger";
  if (result.unit == "jobs") return better ? "fewer" : "more";
  return better ? "faster" : "slower";
}

}  // namespace

bool more_is_better(const Result& result) { return result.unit.ends_with("/s"); }

bool is_same_machine(const Machine& one, const Machine& other) {
  return one.cores == other.cores && one.processor == other.processor && one.kernel == other.kernel;
}

Difference compare(const Result& now, const Result& before, bool same_machine) {
  if (!now.spoiled_by.empty() || !before.spoiled_by.empty())
    return {Change::unknown, "one of the two does not count"};
  const bool by_ratio = now.ratio && before.ratio && !same_machine;
  if (!same_machine && !by_ratio) return {Change::unknown, "another machine"};
  const double is = by_ratio ? *now.ratio : now.value;
  const double was = by_ratio ? *before.ratio : before.value;
  if (is == was) return {Change::same, "the same"};
  if (was == 0) return {more_is_better(now) ? Change::better : Change::worse, "was 0"};
  const double step = is / was - 1;
  if (std::abs(step) <= kNoise) return {Change::same, "the same within 5 %"};
  const bool better = (step > 0) == more_is_better(now);
  const auto percent = std::to_string(std::lround(std::abs(step) * 100));
  return {better ? Change::better : Change::worse,
          percent + " % " + word_of(now, better, by_ratio)};
}

}  // namespace aura::bench
