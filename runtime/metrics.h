// The process's metrics (Prometheus). Counter, Gauge and Histogram are cheap to update from any
// thread. Look a metric up once and keep the handle; metrics live as long as the process. Labels
// must have bounded cardinality: never contact ids, and only a few workspaces.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace aura::metrics {

using Labels = std::map<std::string, std::string>;

class Counter {
 public:
  explicit Counter(prometheus::Counter& c) : counter_(c) {}
  void add(double n = 1);
  double value() const;

 private:
  prometheus::Counter& counter_;
};

class Gauge {
 public:
  explicit Gauge(prometheus::Gauge& g) : gauge_(g) {}
  void set(double v);
  void add(double n);
  double value() const;

 private:
  prometheus::Gauge& gauge_;
};

class Histogram {
 public:
  explicit Histogram(prometheus::Histogram& h) : histogram_(h) {}
  void observe(double seconds);

  // What was observed by now, by bucket.
  struct Counts {
    std::vector<std::pair<double, std::int64_t>> buckets;  // upper bound, observations up to it
    std::int64_t total() const { return buckets.empty() ? 0 : buckets.back().second; }
    Counts since(const Counts& earlier) const;  // `earlier` may be empty
    double quantile(double share) const;        // approximated, for display
  };
  Counts counts() const;

 private:
  prometheus::Histogram& histogram_;
};

Counter counter(const std::string& name, const std::string& help, const Labels& labels = {});
Gauge gauge(const std::string& name, const std::string& help, const Labels& labels = {});
// Buckets in seconds from 100 µs to 60 s.
Histogram histogram(const std::string& name, const std::string& help, const Labels& labels = {});
// Likewise for in-memory work: buckets in seconds from 5 µs to 1 s.
Histogram fine_histogram(const std::string& name, const std::string& help,
                         const Labels& labels = {});

std::string prometheus_text();  // exposition format 0.0.4

}  // namespace aura::metrics
