// Collects facts of an actor's state as members of a JSON object. Never personal data: mask texts
// and external ids. Used by the thread that creates it.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "runtime/clock.h"

namespace aura {

// The name of an enum's value without the enum's prefix, in lower case.
inline std::string lower_name(std::string_view name, std::string_view prefix) {
  if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  std::string text(name);
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

class Facts {
 public:
  Facts() { writer_.StartObject(); }
  void add(std::string_view name, std::string_view value) {
    key(name);
    writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  }
  void add(std::string_view name, const char* value) { add(name, std::string_view(value)); }
  void add(std::string_view name, bool value) {
    key(name);
    writer_.Bool(value);
  }
  template <std::integral Int>
  void add(std::string_view name, Int value) {
    key(name);
    writer_.Int64(static_cast<std::int64_t>(value));
  }
  std::string json() {
    writer_.EndObject();
    return {buffer_.GetString(), buffer_.GetSize()};
  }

  // "…" and the length, without any of the content.
  static std::string masked(std::string_view text) {
    return text.empty() ? "" : "… (" + std::to_string(text.size()) + " bytes)";
  }

 private:
  void key(std::string_view name) {
    writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  }
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace aura
