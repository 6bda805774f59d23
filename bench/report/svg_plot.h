// Plots as inline SVG, styled by the page's style sheet: rows of bars, and curves over a
// logarithmic axis. Pure: numbers in, text out. Every mark shows its figure as a tooltip and as
// text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/harness/report.h"

namespace aura::bench {

// Escapes text for HTML content and attributes.
std::string escaped(const std::string& text);

struct Bar {
  std::string label;
  double value = 0;
  std::string style;      // a CSS class of the page: "engine", "reference", "baseline", "missed"
  std::string note = {};  // printed after the figure
};
struct BarGroup {
  std::string title;
  std::vector<Bar> bars;
  std::optional<double> limit = std::nullopt;  // drawn as a line
};
// All bars share one scale; `logarithmic` for figures that differ by powers of ten.
std::string bar_plot(const std::vector<BarGroup>& groups, const std::string& unit,
                     bool logarithmic = false);

struct Curve {
  std::string label;
  std::string style;
  std::vector<std::pair<double, double>> points;  // x ascending
};
std::string curve_plot(const std::vector<Curve>& curves, const std::string& x_title,
                       const std::string& y_title, std::optional<double> limit = std::nullopt);

}  // namespace aura::bench
