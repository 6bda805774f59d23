// The output of a run: a file that reads back equal, a page that contains every figure, and
// differences in the right words.
#include <gtest/gtest.h>

#include "bench/report/comparison.h"
#include "bench/report/page.h"
#include "bench/report/svg_plot.h"

namespace aura::bench {
namespace {

Result rate(double value, double reference) {
  Result r{.suite = "ingest", .name = "max throughput", .unit = "events/s", .value = value};
  r.reference = reference;
  r.ratio = value / reference;
  r.target = Result::Target{.at_least = true, .limit = 0.6, .of_ratio = true};
  r.detail("ack p50 us", 900).detail("ack p99 us", 4100).detail("ack p99.9 us", 9000);
  r.detail("drained", std::string("yes"));
  return r;
}

RunRecord some_run() {
  RunRecord run{"2026-11-25T12:00:00Z", "aura-bench all", {2, "a <processor>", "6.1", 0.2}, {}};
  run.results.push_back(rate(12'000, 20'000));
  for (const double n : {1'000.0, 10'000.0, 100'000.0}) {
    Result r{.suite = "growth", .name = shown(n) + " conversations", .unit = "events/s"};
    r.value = 9'000 - n / 1'000;
    r.detail("conversations", n);
    run.results.push_back(r);
  }
  Result memory{.suite = "webchat", .name = "memory of an idle visitor", .unit = "bytes"};
  memory.value = 5'000;
  memory.target = Result::Target{.at_least = false, .limit = 8'192, .of_ratio = false};
  run.results.push_back(memory);
  Result spoiled{.suite = "job", .name = "whole jobs", .unit = "jobs/s", .value = 1};
  spoiled.spoiled_by = "the engine died";
  run.results.push_back(spoiled);
  return run;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(RunRecord, IsReadBackAsItWasWritten) {
  const RunRecord run = some_run();
  const auto read = parse_run(to_json(run));
  ASSERT_TRUE(read);
  EXPECT_EQ(to_json(*read), to_json(run));
  EXPECT_EQ(read->results.front().ratio, 0.6);
  EXPECT_TRUE(read->results.front().met());
  EXPECT_FALSE(read->results.back().met());
}

TEST(RunRecord, AnotherFileIsNone) {
  for (const char* const text :
       {"", "[]", "{}", R"({"aura_bench":2,"machine":{},"results":[]})",
        R"({"aura_bench":1,"machine":{},"results":[1]})", R"({"aura_bench":1,"results":[]})"})
    EXPECT_FALSE(parse_run(text)) << text;
}

TEST(Comparison, SaysWhatChangedAndWhetherThatIsGood) {
  const auto words = [](Result now, Result before, bool same_machine = true) {
    const auto difference = compare(now, before, same_machine);
    return std::pair(difference.change, difference.words);
  };
  using Pair = std::pair<Change, std::string>;
  EXPECT_EQ(words(rate(12'000, 20'000), rate(10'000, 20'000)), Pair(Change::better, "20 % faster"));
  EXPECT_EQ(words(rate(8'000, 20'000), rate(10'000, 20'000)), Pair(Change::worse, "20 % slower"));
  EXPECT_EQ(words(rate(10'300, 1), rate(10'000, 1)), Pair(Change::same, "the same within 5 %"));
  EXPECT_EQ(words(rate(30'000, 40'000), rate(10'000, 20'000), false),
            Pair(Change::better, "50 % better against the reference"));
  Result latency{.suite = "s", .name = "p99", .unit = "us", .value = 50};
  Result slower = latency;
  slower.value = 100;
  EXPECT_EQ(words(slower, latency), Pair(Change::worse, "100 % slower"));
  EXPECT_EQ(words(latency, slower, false), Pair(Change::unknown, "another machine"));
  Result bytes{.suite = "s", .name = "b", .unit = "bytes", .value = 50};
  Result fewer = bytes;
  fewer.value = 25;
  EXPECT_EQ(words(fewer, bytes), Pair(Change::better, "50 % smaller"));
}

TEST(Page, HoldsEveryFigureAndNothingFromOutside) {
  const RunRecord run = some_run();
  RunRecord before = run;
  before.results.front().value = 6'000;
  const std::string page = page_of(run, &before);
  EXPECT_TRUE(holds(page, "12 000 events/s"));
  EXPECT_TRUE(holds(page, "100 % faster"));
  EXPECT_TRUE(holds(page, "does not count: the engine died"));
  EXPECT_TRUE(holds(page, "a &lt;processor&gt;"));
  EXPECT_TRUE(holds(page, "<h2>Growth</h2>"));
  EXPECT_FALSE(holds(page, "<h2>Recovery</h2>")) << "there was none";
  for (const char* const outside : {"http:", "https:", "src=", "url("})
    EXPECT_FALSE(holds(page, outside)) << outside;
}

TEST(Plot, AnEmptyOrZeroFigureStillDraws) {
  const std::string svg = bar_plot({{"nothing", {{"engine", 0, "engine"}}}}, "/s");
  EXPECT_TRUE(svg.ends_with("</svg>"));
  EXPECT_FALSE(holds(svg, "nan"));
  EXPECT_FALSE(holds(curve_plot({{"one", "engine", {{1'000, 0}}}}, "x", "y"), "nan"));
}

}  // namespace
}  // namespace aura::bench
