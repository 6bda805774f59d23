#include "runtime/metrics.h"

#include <gtest/gtest.h>

#include <ctime>
#include <thread>
#include <vector>

namespace aura::metrics {
namespace {

TEST(Metrics, TheSameNameAndLabelsAreTheSameMetric) {
  Counter a = counter("aura_test_same_total", "a test", {{"result", "ok"}});
  Counter b = counter("aura_test_same_total", "a test", {{"result", "ok"}});
  Counter other = counter("aura_test_same_total", "a test", {{"result", "failed"}});
  a.add();
  b.add(2);
  EXPECT_EQ(a.value(), 3);
  EXPECT_EQ(other.value(), 0);
}

TEST(Metrics, CountsFromManyThreads) {
  Counter count = counter("aura_test_threads_total", "a test");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([count]() mutable {
      for (int i = 0; i < 10'000; ++i) count.add();
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(count.value(), 40'000);
}

TEST(Metrics, OfTheProcessAreRead) {
  prometheus_text();
  EXPECT_GT(gauge("process_resident_memory_bytes", "").value(), 1e6);
  EXPECT_GT(gauge("process_virtual_memory_bytes", "").value(), 1e6);
  EXPECT_GE(gauge("process_open_fds", "").value(), 3);
  EXPECT_GT(gauge("process_max_fds", "").value(), 3);
  EXPECT_GE(counter("process_cpu_seconds_total", "").value(), 0);
  const double age =
      static_cast<double>(std::time(nullptr)) - gauge("process_start_time_seconds", "").value();
  EXPECT_GE(age, -2);
  EXPECT_LT(age, 3'600);
}

TEST(Metrics, TextFormat) {
  counter("aura_test_text_total", "help of the counter", {{"channel", "web\"chat\n"}}).add(4);
  Gauge level = gauge("aura_test_text_level", "help of the gauge");
  level.set(5);
  level.add(-2);
  histogram("aura_test_text_seconds", "help of the histogram").observe(0.003);
  const std::string text = prometheus_text();
  for (const char* line :
       {"# HELP aura_test_text_total help of the counter\n",
        "# TYPE aura_test_text_total counter\n",
        "aura_test_text_total{channel=\"web\\\"chat\\n\"} 4\n", "aura_test_text_level 3\n",
        "aura_test_text_seconds_count 1\n", "aura_test_text_seconds_bucket{le=\"0.0025\"} 0\n",
        "aura_test_text_seconds_bucket{le=\"0.005\"} 1\n",
        "aura_test_text_seconds_bucket{le=\"60\"} 1\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line << "\nin\n" << text;
}

}  // namespace
}  // namespace aura::metrics
