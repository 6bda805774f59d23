#include "bench/harness/report.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace aura::bench {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write_number(Writer& writer, const char* key, double value) {
  writer.Key(key);
  writer.Double(std::isfinite(value) ? value : 0);
}

}  // namespace

// Four significant digits, with a thousands separator: "12 345", "0.6123".
std::string shown(double value) {
  char text[64];
  if (std::abs(value) >= 1000) {
    std::snprintf(text, sizeof text, "%.0f", value);
    std::string grouped(text);
    for (auto at = static_cast<int>(grouped.size()) - 3; at > (value < 0 ? 1 : 0); at -= 3) {
      grouped.insert(static_cast<std::size_t>(at), " ");
    }
    return grouped;
  }
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

bool Result::met() const {
  if (!spoiled_by.empty()) return false;
  if (!target) return true;
  if (target->of_ratio && !ratio) return false;
  const double measured = target->of_ratio ? *ratio : value;
  return target->at_least ? measured >= target->limit : measured <= target->limit;
}

Result& Result::detail(std::string key, double number) {
  details.emplace_back(std::move(key), number);
  return *this;
}

Result& Result::detail(std::string key, std::string text) {
  details.emplace_back(std::move(key), std::move(text));
  return *this;
}

void Report::add(const Result& result) {
  all_met_ = all_met_ && result.met();
  results_.push_back(result);
  if (json_) {
    print_json(result);
  } else {
    print_row(result);
  }
  std::fflush(stdout);
}

void Report::heading(const std::string& suite, const std::string& what) {
  if (json_) return;
  std::printf("\n%s: %s\n", suite.c_str(), what.c_str());
  std::printf("%u cores (%s), Linux %s, load %.2f\n", machine_.cores, machine_.processor.c_str(),
              machine_.kernel.c_str(), machine_.load_1m);
  std::printf("%-34s %12s %-12s %12s %8s %10s\n", "", "value", "", "reference", "ratio", "target");
}

void Report::print_row(const Result& r) const {
  std::string target;
  if (r.target) {
    target = (r.target->at_least ? ">= " : "<= ") + shown(r.target->limit);
    target += r.met() ? "  met" : "  MISSED";
  }
  std::printf("%-34s %12s %-12s %12s %8s %10s\n", r.name.c_str(), shown(r.value).c_str(),
              r.unit.c_str(), r.reference ? shown(*r.reference).c_str() : "",
              r.ratio ? shown(*r.ratio).c_str() : "", target.c_str());
  if (!r.spoiled_by.empty()) std::printf("    DOES NOT COUNT: %s\n", r.spoiled_by.c_str());
  for (const auto& [key, value] : r.details) {
    const auto* number = std::get_if<double>(&value);
    const auto text = number != nullptr ? shown(*number) : std::get<std::string>(value);
    std::printf("    %-30s %12s\n", key.c_str(), text.c_str());
  }
}

void Report::print_json(const Result& r) const {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.SetMaxDecimalPlaces(6);
  writer.StartObject();
  const auto text = [&](const char* key, const std::string& value) {
    writer.Key(key);
    writer.String(value);
  };
  text("suite", r.suite);
  text("name", r.name);
  text("unit", r.unit);
  write_number(writer, "value", r.value);
  if (r.reference) write_number(writer, "reference", *r.reference);
  if (r.ratio) write_number(writer, "ratio", *r.ratio);
  if (!r.spoiled_by.empty()) text("does_not_count", r.spoiled_by);
  if (r.target) {
    write_number(writer, "target", r.target->limit);
    text("target_is", std::string(r.target->of_ratio ? "ratio" : "value") +
                          (r.target->at_least ? " at least" : " at most"));
    writer.Key("met");
    writer.Bool(r.met());
  }
  for (const auto& [key, value] : r.details) {
    if (const auto* number = std::get_if<double>(&value)) {
      write_number(writer, key.c_str(), *number);
    } else {
      text(key.c_str(), std::get<std::string>(value));
    }
  }
  writer.Key("machine");
  writer.StartObject();
  writer.Key("cores");
  writer.Uint(machine_.cores);
  text("processor", machine_.processor);
  text("kernel", machine_.kernel);
  write_number(writer, "load_1m_before", machine_.load_1m);
  write_number(writer, "load_1m_now", this_machine().load_1m);
  writer.EndObject();
  writer.EndObject();
  std::printf("%s\n", buffer.GetString());
}

void progress(const std::string& line) {
  std::fprintf(stderr, "  … %s\n", line.c_str());
  std::fflush(stderr);
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace aura::bench
