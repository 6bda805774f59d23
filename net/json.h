// Reads JSON from outside: parsed once and iteratively (a million '[' must not crash the process),
// with limits on size and depth, validated UTF-8, and no duplicate keys. JsonRef walks the result
// and names the JSON pointer of an error. Values live as long as their document.
#pragma once

#include <rapidjson/document.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/result.h"

namespace aura::net {

struct JsonLimits {
  std::size_t max_bytes = 8 * 1024 * 1024;
  std::size_t max_depth = 64;
};

// Position of the first escape in a JSON text that is half a surrogate pair ("\ud83d" alone) and
// therefore no character; npos if there is none. `from` must not be within an escape.
std::size_t find_half_surrogate(std::string_view json, std::size_t from = 0);
// The text with such escapes replaced by U+FFFD, of the same length; nullopt if it has none.
std::optional<std::string> without_half_surrogates(std::string_view json);

Result<rapidjson::Document> parse_json(std::string_view text, const JsonLimits& limits = {});

std::string to_json(const rapidjson::Value& value);
inline std::string_view text_of(const rapidjson::Value& string) {
  return {string.GetString(), string.GetStringLength()};
}
void append_json_string(std::string& out, std::string_view text);  // quoted and escaped

class JsonRef {
 public:
  explicit JsonRef(const rapidjson::Value& value, std::string pointer = {})
      : value_(&value), pointer_(std::move(pointer)) {}

  const rapidjson::Value& value() const { return *value_; }
  const std::string& pointer() const { return pointer_; }  // "/entry/0"

  bool has(std::string_view key) const;  // there is such a member, and it is not null
  // Required members: the Error names the member's pointer if it is missing or of another type.
  Result<JsonRef> array(std::string_view key) const;
  Result<std::string> string(std::string_view key) const;
  // Optional members: nullopt if missing or null, an Error if of another type.
  Result<std::optional<std::string>> optional_string(std::string_view key) const;
  // Only for arrays:
  std::size_t size() const;
  JsonRef at(std::size_t index) const;
  // The JSON pointer of a member, escaped as in RFC 6901.
  std::string child_pointer(std::string_view key) const;

 private:
  const rapidjson::Value* find(std::string_view key) const;
  const rapidjson::Value* value_;
  std::string pointer_;
};

}  // namespace aura::net
