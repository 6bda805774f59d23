// Lenient reading of JSON from channel APIs: a missing member or one of the wrong type is absent,
// not an error. Numbers keep their literal text, because ids come as numbers or strings and exceed
// the precision of a double. A JsonView is valid as long as its LenientJson; one thread.
#pragma once

#include <rapidjson/document.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aura::net {

class JsonView {
 public:
  JsonView() = default;
  explicit JsonView(const rapidjson::Value* value) : value_(value) {}

  bool exists() const { return value_ != nullptr && !value_->IsNull(); }
  bool is_object() const { return value_ != nullptr && value_->IsObject(); }
  bool is_array() const { return value_ != nullptr && value_->IsArray(); }
  bool has(std::string_view key) const { return get(key).exists(); }

  JsonView get(std::string_view key) const;  // member of an object, otherwise absent
  std::size_t size() const;                  // of an array, otherwise 0
  JsonView at(std::size_t index) const;

  // A string, or a number's literal text; otherwise "".
  std::string text() const;
  std::string text(std::string_view key) const { return get(key).text(); }
  bool flag(std::string_view key) const;  // true only for the literal true
  std::optional<std::int64_t> integer() const;
  std::optional<std::int64_t> integer(std::string_view key) const { return get(key).integer(); }
  std::optional<double> real(std::string_view key) const;

  std::string json() const;  // serialised; numbers become strings
  template <class Visit>
  void each_member(Visit visit) const {
    if (!is_object()) return;
    for (const auto& member : value_->GetObject()) {
      visit(std::string_view(member.name.GetString(), member.name.GetStringLength()),
            JsonView(&member.value));
    }
  }

 private:
  const rapidjson::Value* value_ = nullptr;
};

class LenientJson {
 public:
  explicit LenientJson(std::string_view text, int max_depth = 64);
  bool ok() const { return ok_; }
  JsonView root() const { return ok_ ? JsonView(&document_) : JsonView(); }

 private:
  // Items are small: the pool's default chunk (64 KiB) would cost more than the parse.
  rapidjson::MemoryPoolAllocator<> pool_{2048};
  rapidjson::Document document_{&pool_, 256};
  bool ok_ = false;
};

}  // namespace aura::net
