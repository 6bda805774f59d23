// Plots as inline SVG, coloured by the page's style sheet: rows of bars, and curves over a
// logarithmic axis. Pure: numbers in, text out. Every mark carries its figure as a tooltip and as
// text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/harness/report.h"

namespace aura::bench {

// Safe in HTML text and attributes.
std::string escaped(const std::string& text);

struct Bar {
  std::string label;
  double value = 0;
  std::string style;      // a class of the page: "engine", "reference", "baseline", "missed"
  std::string note = {};  // behind the figure
};
struct BarGroup {
  std::string title;
  std::vector<Bar> bars;
  std::optional<double> limit = std::nullopt;  // drawn as a line
};
// One scale for all; `logarithmic` for figures that differ by powers of ten.
std::string bar_plot(const std::vector<BarGroup>& groups, const std::string& unit,
                     bool logarithmic = false);

struct Curve {
  std::string label;
  std::string style;
  std::vector<std::pair<double, double>> points;  // x rising
};
std::string curve_plot(const std::vector<Curve>& curves, const std::string& x_title,
                       const std::string& y_title, std::optional<double> limit = std::nullopt);

}  // namespace aura::bench
