// Results of a run: a table for people, or one JSON object per line. Owned by main; one thread.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "bench/harness/usage.h"

namespace aura::bench {

struct Result {
  std::string suite;
  std::string name;  // "max throughput"
  std::string unit;  // "events/s"
  double value = 0;
  std::optional<double> reference = std::nullopt;  // the reference's value in the same run
  std::optional<double> ratio = std::nullopt;      // value ÷ reference
  struct Target {
    bool at_least = true;
    double limit = 0;
    bool of_ratio = true;  // the target applies to the ratio, otherwise to the value
  };
  std::optional<Target> target = std::nullopt;
  std::vector<std::pair<std::string, std::variant<double, std::string>>> details = {};

  std::string spoiled_by = {};  // why the figure does not count; then the target is missed

  bool met() const;  // also true without a target
  Result& detail(std::string key, double number);
  Result& detail(std::string key, std::string text);
};

class Report {
 public:
  Report(bool json, Machine machine) : json_(json), machine_(std::move(machine)) {}
  void add(const Result& result);  // prints it at once
  void heading(const std::string& suite, const std::string& what);
  bool all_met() const { return all_met_; }
  const std::vector<Result>& results() const { return results_; }

 private:
  void print_json(const Result& result) const;
  void print_row(const Result& result) const;

  bool json_;
  Machine machine_;
  bool all_met_ = true;
  std::vector<Result> results_;
};

// Progress messages, on standard error, so that they never mix with results.
void progress(const std::string& line);

// Four significant digits, with a thousands separator: "12 345", "0.6123".
std::string shown(double value);

double median(std::vector<double> values);

}  // namespace aura::bench
