#include "runtime/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <cmath>

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

std::int64_t Histogram::count() const {
  return static_cast<std::int64_t>(histogram_.Collect().histogram.sample_count);
}

double Histogram::quantile(double share) const {
  const auto all = histogram_.Collect().histogram;
  const double wanted = share * static_cast<double>(all.sample_count);
  double lower = 0, before = 0;
  for (const auto& bucket : all.bucket) {
    const auto count = static_cast<double>(bucket.cumulative_count);
    if (count >= wanted && count > before && std::isfinite(bucket.upper_bound))
      return lower + (bucket.upper_bound - lower) * (wanted - before) / (count - before);
    before = count;
    if (std::isfinite(bucket.upper_bound)) lower = bucket.upper_bound;
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
  return prometheus::TextSerializer().Serialize(registry().Collect());
}

}  // namespace aura::metrics
