#include "bench/report/plots.h"

#include "bench/report/svg_plot.h"

namespace aura::bench {
namespace {

const std::string kConversations = "conversations";

std::vector<std::pair<double, double>> points_of(const RunRecord& run, const std::string& suite,
                                                 const std::string& unit, const std::string& x) {
  std::vector<std::pair<double, double>> points;
  for (const Result& result : run.results)
    if (const auto at = number_of(result, x);
        at && *at > 0 && result.suite == suite && result.unit == unit)
      points.emplace_back(*at, result.value);
  return points;
}

std::string curves(const RunRecord& run, const RunRecord* baseline, const std::string& suite,
                   const std::string& unit, const std::string& x, const std::string& x_title,
                   const std::string& y_title) {
  std::vector<Curve> all;
  std::optional<double> limit;
  for (const Result& result : run.results)
    if (result.suite == suite && result.unit == unit && result.target && !result.target->of_ratio)
      limit = result.target->limit;
  if (auto points = points_of(run, suite, unit, x); !points.empty())
    all.push_back({"this run", "engine", std::move(points)});
  if (all.empty()) return "";
  if (baseline != nullptr)
    if (auto points = points_of(*baseline, suite, unit, x); !points.empty())
      all.push_back({"earlier run", "baseline", std::move(points)});
  return curve_plot(all, x_title, y_title, limit);
}

void add_earlier(BarGroup& group, const Result& result, const RunRecord* baseline) {
  const Result* const before = baseline != nullptr ? find_same(*baseline, result) : nullptr;
  if (before != nullptr) group.bars.push_back({"earlier run", before->value, "baseline"});
}

}  // namespace

std::string throughput_plot(const RunRecord& run, const RunRecord* baseline) {
  std::vector<BarGroup> groups;
  for (const Result& result : run.results) {
    if (!result.unit.ends_with("/s") || !result.reference || result.suite == "growth") continue;
    BarGroup group{title_of(result), {}};
    group.bars.push_back(
        {"engine", result.value, "engine", result.ratio ? "(" + shown(*result.ratio) + " ×)" : ""});
    add_earlier(group, result, baseline);
    group.bars.push_back({"reference", *result.reference, "reference"});
    if (result.target && result.target->of_ratio)
      group.limit = result.target->limit * *result.reference;
    groups.push_back(std::move(group));
  }
  return groups.empty() ? "" : bar_plot(groups, "/s");
}

std::string latency_plot(const RunRecord& run) {
  constexpr std::pair<const char*, const char*> kPercentiles[] = {
      {"p50", "p50"}, {"p99", "p99"}, {"p99.9", "p999"}};
  std::vector<BarGroup> groups;
  for (const Result& result : run.results) {
    // The details contain names like "ack p50 us" and "p50 us"; the value itself may be a
    // percentile.
    for (const char* const what : {"", "ack ", "webhook to provider ", "alone ", "beside "}) {
      BarGroup group{title_of(result) + (*what ? std::string(", ") + what : std::string()), {}};
      for (const auto& [name, style] : kPercentiles) {
        auto figure = number_of(result, std::string(what) + name + " us");
        const bool own = *what == '\0' && result.unit == "us" &&
                         result.name.find(std::string(name) + " ") != std::string::npos &&
                         std::string(name) == "p99";
        if (!figure && own) figure = result.value;
        if (figure) group.bars.push_back({name, *figure, style});
      }
      if (*what == '\0' && result.target && !result.target->of_ratio && result.unit == "us")
        group.limit = result.target->limit;
      if (group.bars.size() > 1) groups.push_back(std::move(group));
    }
  }
  return groups.empty() ? "" : bar_plot(groups, "µs", /*logarithmic=*/true);
}

std::string growth_plot(const RunRecord& run, const RunRecord* baseline) {
  return curves(run, baseline, "growth", "events/s", kConversations, "stored conversations",
                "events/s");
}

std::string idle_memory_plot(const RunRecord& run, const RunRecord* baseline) {
  return curves(run, baseline, "growth", "MB", kConversations, "idle conversations", "MB");
}

std::string recovery_plot(const RunRecord& run, const RunRecord* baseline) {
  return curves(run, baseline, "recovery", "s", "data MB", "MB of data", "seconds");
}

std::string bytes_plot(const RunRecord& run, const RunRecord* baseline) {
  std::vector<BarGroup> groups;
  for (const Result& result : run.results) {
    if (result.unit != "bytes") continue;
    BarGroup group{title_of(result), {{"engine", result.value, "engine"}}};
    add_earlier(group, result, baseline);
    if (result.reference) group.bars.push_back({"reference", *result.reference, "reference"});
    if (result.target && !result.target->of_ratio) group.limit = result.target->limit;
    groups.push_back(std::move(group));
  }
  return groups.empty() ? "" : bar_plot(groups, "bytes");
}

}  // namespace aura::bench
