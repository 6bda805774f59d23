#include "runtime/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <cmath>

#include "runtime/process_metrics.h"

namespace aura::metrics {
namespace {

// Never destroyed: a thread may still count while static objects are destroyed.
prometheus::Registry& registry() {
  static auto* const instance =
      new prometheus::Registry(prometheus::Registry::InsertBehavior::Merge);
  return *instance;
}

const prometheus::Histogram::BucketBoundaries kSeconds = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
    0.1,    0.25,    0.5,    1,     2.5,    5,     10,   30,    60};
const prometheus::Histogram::BucketBoundaries kFineSeconds = {
    0.000005, 0.00001, 0.00002, 0.00003, 0.00004, 0.00005, 0.00007, 0.0001, 0.0002, 0.0003,
    0.0005,   0.00075, 0.001,   0.0015,  0.002,   0.003,   0.005,   0.01,   0.1,    1};

Histogram make_histogram(const std::string& name, const std::string& help, const Labels& labels,
                         const prometheus::Histogram::BucketBoundaries& buckets) {
  auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(registry());
  return Histogram(family.Add(labels, buckets));
}

}  // namespace

void Counter::add(double n) { counter_.Increment(n); }
double Counter::value() const { return counter_.Value(); }

void Gauge::set(double v) { gauge_.Set(v); }
void Gauge::add(double n) { gauge_.Increment(n); }
double Gauge::value() const { return gauge_.Value(); }

void Histogram::observe(double seconds) { histogram_.Observe(seconds); }

Histogram::Counts Histogram::counts() const {
  Counts counts;
  for (const auto& bucket : histogram_.Collect().histogram.bucket)
    counts.buckets.emplace_back(bucket.upper_bound,
                                static_cast<std::int64_t>(bucket.cumulative_count));
  return counts;
}

Histogram::Counts Histogram::Counts::since(const Counts& earlier) const {
  Counts left = *this;
  for (std::size_t i = 0; i < earlier.buckets.size(); ++i)
    left.buckets[i].second -= earlier.buckets[i].second;
  return left;
}

double Histogram::Counts::quantile(double share) const {
  const double wanted = share * static_cast<double>(total());
  double lower = 0, before = 0;
  for (const auto& [upper, observed] : buckets) {
    const auto count = static_cast<double>(observed);
    if (count >= wanted && count > before && std::isfinite(upper))
      return lower + (upper - lower) * (wanted - before) / (count - before);
    before = count;
    if (std::isfinite(upper)) lower = upper;
  }
  return lower;
}

Counter counter(const std::string& name, const std::string& help, const Labels& labels) {
  auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(registry());
  return Counter(family.Add(labels));
}

Gauge gauge(const std::string& name, const std::string& help, const Labels& labels) {
  auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(registry());
  return Gauge(family.Add(labels));
}

Histogram histogram(const std::string& name, const std::string& help, const Labels& labels) {
  return make_histogram(name, help, labels, kSeconds);
}

Histogram fine_histogram(const std::string& name, const std::string& help, const Labels& labels) {
  return make_histogram(name, help, labels, kFineSeconds);
}

std::string prometheus_text() {
  refresh_process_metrics();
  return prometheus::TextSerializer().Serialize(registry().Collect());
}

}  // namespace aura::metrics
