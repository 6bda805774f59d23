#include "bench/report/page.h"

#include <algorithm>

#include "bench/report/comparison.h"
#include "bench/report/plots.h"
#include "bench/report/svg_plot.h"

namespace aura::bench {
namespace {

constexpr const char* kStyle = R"css(
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5b6675;--paper:#fff;--card:#f5f7f9;--line:#dde3e9;
--engine:#1f6feb;--reference:#9aa7b4;--baseline:#b58900;--p50:#7fb2f5;--p99:#1f6feb;--p999:#0b3d91;
--good:#1a7f37;--bad:#c62828;--soft-good:#e3f4e8;--soft-bad:#fde8e8}
@media(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#9aa7b4;--paper:#12171d;--card:#1a2129;
--line:#2c3641;--engine:#58a6ff;--reference:#5b6675;--baseline:#d9a400;--p50:#2f5d94;--p99:#58a6ff;
--p999:#b6d8ff;--good:#56d364;--bad:#ff7b72;--soft-good:#12301c;--soft-bad:#3a1717}}
*{box-sizing:border-box}
body{margin:0;font:15px/1.5 system-ui,"DejaVu Sans",sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:1080px;margin:0 auto;padding:28px 20px 60px}
h1{font-size:24px;margin:0 0 4px}h2{font-size:18px;margin:36px 0 6px}
p{margin:4px 0;max-width:75ch}.soft{color:var(--soft)}
.cards{display:flex;flex-wrap:wrap;gap:10px;margin:18px 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 14px;min-width:200px;flex:1}
.card b{display:block;font-size:20px}.met{color:var(--good)}.missed{color:var(--bad)}
section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:14px 16px;margin:10px 0;overflow-x:auto}
svg{display:block;width:100%;min-width:620px;height:auto;font:12px system-ui,"DejaVu Sans",sans-serif}
svg text{fill:var(--ink)}svg .title{font-weight:600}svg .label,svg .tick{fill:var(--soft)}
svg .figure{paint-order:stroke;stroke:var(--card);stroke-width:4px}
svg .end{text-anchor:end}svg .middle{text-anchor:middle}svg .grid{stroke:var(--line)}svg .axis{stroke:var(--soft)}
svg .limit{stroke:var(--bad);stroke-dasharray:4 3;stroke-width:1.5}
svg .engine{fill:var(--engine)}svg .reference{fill:var(--reference)}svg .baseline{fill:var(--baseline)}
svg .p50{fill:var(--p50)}svg .p99{fill:var(--p99)}svg .p999{fill:var(--p999)}
svg .curve{fill:none;stroke-width:2}svg .curve.engine{stroke:var(--engine)}
svg .curve.reference{stroke:var(--reference)}svg .curve.baseline{stroke:var(--baseline);stroke-dasharray:5 3}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:6px 10px;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:600;font-size:13px}td.n{text-align:right;white-space:nowrap}th.n{text-align:right}
tr.better td:last-child{background:var(--soft-good);color:var(--good)}
tr.worse td:last-child{background:var(--soft-bad);color:var(--bad)}
details{color:var(--soft);font-size:13px}summary{cursor:pointer}
)css";

std::string cell(const std::string& text, const char* style = "") {
  return std::string("<td") + (*style ? std::string(" class=\"") + style + "\"" : "") + ">" + text +
         "</td>";
}

std::string card(const std::string& what, const std::string& figure, const std::string& style) {
  return "<div class=\"card\"><span class=\"soft\">" + escaped(what) + "</span><b class=\"" +
         style + "\">" + escaped(figure) + "</b></div>";
}

std::string cards(const RunRecord& run, const RunRecord* baseline) {
  int met = 0, targets = 0, better = 0, worse = 0;
  for (const Result& result : run.results) {
    if (result.target || !result.spoiled_by.empty()) {
      ++targets;
      met += result.met() ? 1 : 0;
    }
    const Result* const before = baseline ? find_same(*baseline, result) : nullptr;
    if (before == nullptr) continue;
    const auto change = compare(result, *before, is_same_machine(run.machine, baseline->machine));
    better += change.change == Change::better ? 1 : 0;
    worse += change.change == Change::worse ? 1 : 0;
  }
  std::string out = "<div class=\"cards\">";
  out += card("targets met", std::to_string(met) + " of " + std::to_string(targets),
              met == targets ? "met" : "missed");
  if (baseline != nullptr) {
    out += card("better than before", std::to_string(better), better > 0 ? "met" : "");
    out += card("worse than before", std::to_string(worse), worse > 0 ? "missed" : "");
  }
  out += card("load before the run", shown(run.machine.load_1m),
              run.machine.load_1m > 0.5 ? "missed" : "");
  return out + "</div>";
}

std::string machine_line(const RunRecord& run) {
  return escaped(run.taken_at + " · " + std::to_string(run.machine.cores) + " cores (" +
                 run.machine.processor + "), Linux " + run.machine.kernel);
}

std::string details_of(const Result& result) {
  if (result.details.empty()) return "";
  std::string out = "<details><summary>details</summary>";
  for (const auto& [key, value] : result.details) {
    const auto* number = std::get_if<double>(&value);
    out += escaped(key) + ": " +
           escaped(number != nullptr ? shown(*number) : std::get<std::string>(value)) + "<br>";
  }
  return out + "</details>";
}

std::string target_of(const Result& result) {
  if (!result.spoiled_by.empty())
    return "<span class=\"missed\">does not count: " + escaped(result.spoiled_by) + "</span>";
  if (!result.target) return "";
  const std::string text = std::string(result.target->at_least ? "≥ " : "≤ ") +
                           shown(result.target->limit) +
                           (result.target->of_ratio ? " ×" : " " + result.unit);
  return std::string("<span class=\"") + (result.met() ? "met\">✓ " : "missed\">✗ ") +
         escaped(text) + "</span>";
}

std::string row_of(const Result& result, const RunRecord& run, const RunRecord* baseline) {
  std::string change;
  std::string style;
  if (baseline != nullptr) {
    const Result* const before = find_same(*baseline, result);
    Difference difference{Change::unknown, "not measured before"};
    if (before != nullptr)
      difference = compare(result, *before, is_same_machine(run.machine, baseline->machine));
    if (difference.change == Change::better) style = "better";
    if (difference.change == Change::worse) style = "worse";
    change = escaped(difference.words);
    if (before != nullptr)
      change += "<br><span class=\"soft\">was " + escaped(shown(before->value)) + "</span>";
  }
  return "<tr class=\"" + style + "\">" +
         cell("<b>" + escaped(result.name) + "</b>" + details_of(result)) +
         cell(escaped(shown(result.value) + " " + result.unit), "n") +
         cell(result.reference ? escaped(shown(*result.reference)) : "", "n") +
         cell(result.ratio ? escaped(shown(*result.ratio)) : "", "n") + cell(target_of(result)) +
         (baseline != nullptr ? cell(change) : "") + "</tr>";
}

std::string tables(const RunRecord& run, const RunRecord* baseline) {
  std::vector<std::string> suites;
  for (const Result& result : run.results)
    if (std::find(suites.begin(), suites.end(), result.suite) == suites.end())
      suites.push_back(result.suite);
  std::string out;
  for (const std::string& suite : suites) {
    out += "<h2 id=\"" + escaped(suite) + "\">" + escaped(suite) +
           "</h2><section><table><tr><th></th>"
           "<th class=\"n\">value</th><th class=\"n\">reference</th><th class=\"n\">ratio</th>"
           "<th>target</th>" +
           (baseline != nullptr ? "<th>against the earlier run</th>" : "") + "</tr>";
    for (const Result& result : run.results)
      if (result.suite == suite) out += row_of(result, run, baseline);
    out += "</table></section>";
  }
  return out;
}

std::string plot(const char* title, const char* reading, const std::string& svg) {
  if (svg.empty()) return "";
  return std::string("<h2>") + title + "</h2><p class=\"soft\">" + reading + "</p><section>" + svg +
         "</section>";
}

}  // namespace

std::string page_of(const RunRecord& run, const RunRecord* baseline) {
  std::string out =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\">"
      "<title>Aura De Mer: benchmarks</title><style>";
  out += kStyle;
  out += "</style></head><body><main><h1>Aura De Mer: benchmarks</h1><p class=\"soft\">" +
         machine_line(run) + "</p><p class=\"soft\"><code>" + escaped(run.command) + "</code></p>";
  if (baseline != nullptr) {
    out += "<p>Compared with the run of " + machine_line(*baseline) + ".";
    if (!is_same_machine(run.machine, baseline->machine))
      out += " That was another machine: only ratios are compared.";
    out += "</p>";
  }
  out += cards(run, baseline);
  out +=
      plot("Throughput",
           "Each beside its reference of the same run: a bare server that answers 200 with nothing "
           "behind it. The dashed line is the target.",
           throughput_plot(run, baseline));
  out +=
      plot("Latency", "Percentiles on a logarithmic scale. Shorter is better.", latency_plot(run));
  out += plot("Growth", "Events processed in a second, by the number of stored conversations.",
              growth_plot(run, baseline));
  out += plot("Memory of idle conversations",
              "What the engine holds beyond an empty one, once they have left memory.",
              idle_memory_plot(run, baseline));
  out += plot("Memory of one", "Bytes each; the dashed line is the target.",
              bytes_plot(run, baseline));
  out += plot("Recovery", "Seconds from kill -9 under load to the first 200.",
              recovery_plot(run, baseline));
  return out + tables(run, baseline) + "</main></body></html>\n";
}

}  // namespace aura::bench
