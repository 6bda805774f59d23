#include "bench/report/svg_plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace aura::bench {
namespace {

constexpr double kWidth = 900;
constexpr double kLabels = 100;   // space left of the bars
constexpr double kFigures = 210;  // space right of the bars
constexpr double kBarHeight = 16;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

std::string attribute(const char* name, double value) {
  return std::string(" ") + name + "=\"" + number(value) + "\"";
}

std::string text_at(double x, double y, const std::string& style, const std::string& text) {
  return "<text" + attribute("x", x) + attribute("y", y) + " class=\"" + style + "\">" +
         escaped(text) + "</text>";
}

std::string line(double x1, double y1, double x2, double y2, const char* style) {
  return "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) +
         attribute("y2", y2) + " class=\"" + style + "\"/>";
}

std::string open_svg(double height, const std::string& label) {
  return "<svg viewBox=\"0 0 " + number(kWidth) + " " + number(height) +
         "\" role=\"img\" aria-label=\"" + escaped(label) + "\">";
}

// Maps a value to 0 … 1 on the axis.
struct Scale {
  double least = 0;
  double most = 1;
  bool logarithmic = false;

  double at(double value) const {
    if (!logarithmic) return most > 0 ? std::clamp(value / most, 0.0, 1.0) : 0;
    if (value <= least) return 0.01;
    return std::clamp(std::log10(value / least) / std::log10(most / least), 0.01, 1.0);
  }
};

Scale scale_of(const std::vector<BarGroup>& groups, bool logarithmic) {
  Scale scale{1e300, 0, logarithmic};
  for (const auto& group : groups) {
    for (const auto& bar : group.bars) {
      scale.most = std::max(scale.most, bar.value);
      if (bar.value > 0) scale.least = std::min(scale.least, bar.value);
    }
    if (group.limit) scale.most = std::max(scale.most, *group.limit);
  }
  scale.least = scale.least < 1e300 ? scale.least / 2 : 1;
  scale.most = std::max(scale.most, scale.least * 2);
  return scale;
}

// Round values for the marks of an axis that ends at `most`.
std::vector<double> marks_up_to(double most) {
  const double rough = most / 5;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  double step = power;
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    step = factor * power;
    if (step >= rough) break;
  }
  std::vector<double> marks;
  for (int i = 0; i * step <= most * 1.0001; ++i) marks.push_back(i * step);
  return marks;
}

struct Frame {
  double left = 70, right = kWidth - 45, top = 14, bottom = 250;
  double least_x = 1, most_x = 10, most_y = 1;

  double x(double value) const {
    const double span = std::log10(most_x / least_x);
    return left + (span > 0 ? std::log10(value / least_x) / span : 0.5) * (right - left);
  }
  double y(double value) const { return bottom - value / most_y * (bottom - top); }
};

Frame frame_of(const std::vector<Curve>& curves, std::optional<double> limit) {
  Frame frame;
  frame.least_x = 1e300;
  frame.most_x = 0;
  frame.most_y = limit.value_or(0);
  for (const auto& curve : curves) {
    for (const auto& [x, y] : curve.points) {
      frame.least_x = std::min(frame.least_x, x);
      frame.most_x = std::max(frame.most_x, x);
      frame.most_y = std::max(frame.most_y, y);
    }
  }
  frame.most_y = frame.most_y > 0 ? frame.most_y * 1.12 : 1;
  return frame;
}

std::string axes(const Frame& frame, const std::string& x_title, const std::string& y_title) {
  std::string out;
  for (const double mark : marks_up_to(frame.most_y)) {
    out += line(frame.left, frame.y(mark), frame.right, frame.y(mark), "grid");
    out += text_at(frame.left - 8, frame.y(mark) + 4, "tick end", shown(mark));
  }
  for (double mark = std::pow(10, std::ceil(std::log10(frame.least_x) - 1e-9));
       mark <= frame.most_x * 1.0001; mark *= 10) {
    out += line(frame.x(mark), frame.bottom, frame.x(mark), frame.bottom + 5, "axis");
    out += text_at(frame.x(mark), frame.bottom + 19, "tick middle", shown(mark));
  }
  out += line(frame.left, frame.bottom, frame.right, frame.bottom, "axis");
  out += text_at((frame.left + frame.right) / 2, frame.bottom + 38, "tick middle", x_title);
  return out + text_at(4, frame.top, "tick", y_title);
}

}  // namespace

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string bar_plot(const std::vector<BarGroup>& groups, const std::string& unit,
                     bool logarithmic) {
  const Scale scale = scale_of(groups, logarithmic);
  const double room = kWidth - kLabels - kFigures;
  std::string out;
  double y = 6;
  for (const auto& group : groups) {
    out += text_at(0, y + 12, "title", group.title);
    y += 20;
    const double top = y;
    std::string figures;  // printed above the limit's line
    for (const auto& bar : group.bars) {
      const double length = std::max(1.0, scale.at(bar.value) * room);
      const std::string figure = shown(bar.value) + " " + unit;
      out += text_at(kLabels - 8, y + 12, "label end", bar.label);
      out += "<rect" + attribute("x", kLabels) + attribute("y", y) + attribute("width", length) +
             attribute("height", kBarHeight - 3) + " rx=\"2\" class=\"" + bar.style + "\"><title>" +
             escaped(group.title + ", " + bar.label + ": " + figure) + "</title></rect>";
      const std::string note = bar.note.empty() ? "" : "  " + bar.note;
      figures += text_at(kLabels + length + 6, y + 11, "figure", figure + note);
      y += kBarHeight;
    }
    if (group.limit) {
      const double x = kLabels + scale.at(*group.limit) * room;
      out += line(x, top - 3, x, y + 1, "limit");
    }
    out += figures;
    y += 10;
  }
  return open_svg(y, "bars in " + unit) + out + "</svg>";
}

std::string curve_plot(const std::vector<Curve>& curves, const std::string& x_title,
                       const std::string& y_title, std::optional<double> limit) {
  const Frame frame = frame_of(curves, limit);
  std::string out = axes(frame, x_title, y_title);
  if (limit) {
    out += line(frame.left, frame.y(*limit), frame.right, frame.y(*limit), "limit");
    out += text_at(frame.right, frame.y(*limit) - 5, "tick end", "target " + shown(*limit));
  }
  double legend = frame.left;
  for (const auto& curve : curves) {
    std::string path;
    for (const auto& [x, y] : curve.points)
      path += (path.empty() ? "M" : " L") + number(frame.x(x)) + " " + number(frame.y(y));
    out += "<path d=\"" + path + "\" class=\"curve " + curve.style + "\"/>";
    for (const auto& [x, y] : curve.points)
      out += "<circle" + attribute("cx", frame.x(x)) + attribute("cy", frame.y(y)) +
             " r=\"4\" class=\"" + curve.style + "\"><title>" +
             escaped(curve.label + " at " + shown(x) + ": " + shown(y)) + "</title></circle>";
    out += "<circle" + attribute("cx", legend + 5) + attribute("cy", frame.bottom + 60) +
           " r=\"4\" class=\"" + curve.style + "\"/>";
    out += text_at(legend + 14, frame.bottom + 64, "label", curve.label);
    legend += 30 + 7.5 * static_cast<double>(curve.label.size());
  }
  return open_svg(frame.bottom + 74, y_title + " over " + x_title) + out + "</svg>";
}

}  // namespace aura::bench
