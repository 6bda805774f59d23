#include "runtime/log.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cmath>

#include "runtime/utf8.h"

namespace aura::log {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"trace", "debug", "info", "warn", "error"};

// Never destroyed: the last lines of a shutdown are written while static objects are destroyed.
spdlog::logger& logger() {
  static auto* const instance = [] {
    auto* made = new spdlog::logger("aura", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->set_level(spdlog::level::trace);  // write() has already filtered
    return made;
  }();
  return *instance;
}

using Buffer = fmt::memory_buffer;

void append(Buffer& out, std::string_view text) {
  out.append(text.data(), text.data() + text.size());
}

// Terminals interpret C0, DEL and C1 (U+0080 … U+009F): all of them are escaped.
bool is_control(std::string_view sequence) {
  const auto first = static_cast<unsigned char>(sequence[0]);
  return first < 0x20 || first == 0x7f ||
         (first == 0xc2 && static_cast<unsigned char>(sequence[1]) < 0xa0);
}

// Length of the leading bytes that need no escaping or UTF-8 check: usually most of the text.
std::size_t plain_prefix(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && text[size] >= 0x20 && text[size] < 0x7f && text[size] != '"' &&
         text[size] != '\\')
    ++size;
  return size;
}

void append_string(Buffer& out, std::string_view text) {
  out.push_back('"');
  while (true) {
    const std::size_t plain = plain_prefix(text);
    append(out, text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const std::size_t size = utf8_sequence(text);
    if (size == 0) {
      append(out, "\\ufffd");
    } else if (is_control(text)) {
      fmt::format_to(fmt::appender(out), "\\u{:04x}", static_cast<unsigned char>(text[size - 1]));
    } else {
      if (size == 1) out.push_back('\\');
      append(out, text.substr(0, size));
    }
    text.remove_prefix(size == 0 ? 1 : size);
  }
  out.push_back('"');
}

void append_value(Buffer& out, std::string_view value) { append_string(out, value); }
void append_value(Buffer& out, bool value) { append(out, value ? "true" : "false"); }
void append_value(Buffer& out, std::int64_t value) {
  fmt::format_to(fmt::appender(out), "{}", value);
}
void append_value(Buffer& out, double value) {
  if (std::isfinite(value)) {
    fmt::format_to(fmt::appender(out), "{}", value);
  } else {
    append(out, "null");  // JSON has no infinity
  }
}

void append_time(Buffer& out) {
  using namespace std::chrono;
  const auto now = floor<milliseconds>(system_clock::now());
  const auto day = floor<days>(now);
  const year_month_day date(day);
  const hh_mm_ss time(now - day);
  fmt::format_to(fmt::appender(out), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
                 static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                 static_cast<unsigned>(date.day()), time.hours().count(), time.minutes().count(),
                 time.seconds().count(), time.subseconds().count());
}

}  // namespace

void set_level(Level level) { detail::threshold.store(level, std::memory_order_relaxed); }

Level level() { return detail::threshold.load(std::memory_order_relaxed); }

bool parse_level(std::string_view name, Level& out) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] != name) continue;
    out = static_cast<Level>(i);
    return true;
  }
  return false;
}

std::string_view level_name(Level level) { return kNames[static_cast<std::size_t>(level)]; }

void detail::write_line(Level level, std::string_view event, Fields fields) {
  Buffer line;
  append(line, "{\"ts\":\"");
  append_time(line);
  append(line, "\",\"level\":\"");
  append(line, level_name(level));
  append(line, "\",\"event\":");
  append_string(line, event);
  for (const Field& field : fields) {
    line.push_back(',');
    append_string(line, field.key);
    line.push_back(':');
    std::visit([&](const auto& value) { append_value(line, value); }, field.value);
  }
  line.push_back('}');
  logger().log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace aura::log
