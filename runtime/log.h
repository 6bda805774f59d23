// Structured logs: one JSON object a line on standard error, {"ts","level","event",…fields}.
// Values are escaped (no CR/LF/ANSI reaches a terminal); never pass texts, names, tokens or bodies.
// Any thread may call. The level can change while running.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace aura::log {

enum class Level { trace, debug, info, warn, error };

struct Field {
  std::string_view key;
  std::variant<std::string, std::int64_t, double, bool> value;

  Field(std::string_view k, std::string_view v) : key(k), value(std::string(v)) {}
  Field(std::string_view k, const char* v) : key(k), value(std::string(v)) {}
  Field(std::string_view k, const std::string& v) : key(k), value(v) {}
  Field(std::string_view k, bool v) : key(k), value(v) {}
  Field(std::string_view k, double v) : key(k), value(v) {}
  template <class Int>
    requires std::is_integral_v<Int>
  Field(std::string_view k, Int v) : key(k), value(static_cast<std::int64_t>(v)) {}
};
using Fields = std::initializer_list<Field>;

void set_level(Level level);
Level level();
bool parse_level(std::string_view name, Level& out);  // "trace" … "error"
std::string_view level_name(Level level);

void write(Level level, std::string_view event, Fields fields = {});
inline void trace(std::string_view event, Fields f = {}) { write(Level::trace, event, f); }
inline void debug(std::string_view event, Fields f = {}) { write(Level::debug, event, f); }
inline void info(std::string_view event, Fields f = {}) { write(Level::info, event, f); }
inline void warn(std::string_view event, Fields f = {}) { write(Level::warn, event, f); }
inline void error(std::string_view event, Fields f = {}) { write(Level::error, event, f); }

}  // namespace aura::log
