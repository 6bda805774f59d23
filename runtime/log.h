// Structured logs: one JSON object per line on standard error, {"ts","level","event",…fields}.
// Values are escaped (no CR/LF/ANSI reaches a terminal); never pass message texts, names, tokens or
// bodies. Any thread may call. The level can change at run time. Fields are evaluated at every
// level: where that is expensive, check enabled() first.
#pragma once

#include <atomic>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace aura::log {

enum class Level { trace, debug, info, warn, error };

// Refers to its texts without copying them: it must not outlive the logging call.
struct Field {
  std::string_view key;
  std::variant<std::string_view, std::int64_t, double, bool> value;

  Field(std::string_view k, std::string_view v) : key(k), value(v) {}
  Field(std::string_view k, const char* v) : key(k), value(std::string_view(v)) {}
  Field(std::string_view k, const std::string& v) : key(k), value(std::string_view(v)) {}
  Field(std::string_view k, bool v) : key(k), value(v) {}
  Field(std::string_view k, double v) : key(k), value(v) {}
  template <std::integral Int>
  Field(std::string_view k, Int v) : key(k), value(static_cast<std::int64_t>(v)) {}
};
using Fields = std::initializer_list<Field>;

namespace detail {
inline std::atomic<Level> threshold{Level::info};
void write_line(Level level, std::string_view event, Fields fields);
}  // namespace detail

void set_level(Level level);
Level level();
bool parse_level(std::string_view name, Level& out);  // "trace" … "error"
std::string_view level_name(Level level);

inline bool enabled(Level level) {
  return level >= detail::threshold.load(std::memory_order_relaxed);
}
inline void write(Level level, std::string_view event, Fields fields = {}) {
  if (enabled(level)) detail::write_line(level, event, fields);
}
inline void trace(std::string_view event, Fields f = {}) { write(Level::trace, event, f); }
inline void debug(std::string_view event, Fields f = {}) { write(Level::debug, event, f); }
inline void info(std::string_view event, Fields f = {}) { write(Level::info, event, f); }
inline void warn(std::string_view event, Fields f = {}) { write(Level::warn, event, f); }
inline void error(std::string_view event, Fields f = {}) { write(Level::error, event, f); }

}  // namespace aura::log
