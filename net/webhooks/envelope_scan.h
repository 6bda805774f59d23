// The SAX handler of slice_meta_body: follows the path to the lists of an envelope and records
// where each element begins and ends. Lives for one scan; values point into the scanned body.
#pragma once

#include <rapidjson/memorystream.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aura::net {

// A JSON value as it stands in the body; a scalar element is serialised again.
struct ScannedItem {
  std::string_view list;  // "messaging", …
  std::string_view raw;   // if empty, see `scalar`
  std::string scalar;
  std::string phone_number_id;  // from WhatsApp's value.metadata

  std::string_view json() const { return raw.empty() ? std::string_view(scalar) : raw; }
};

struct ScannedEntry {
  std::string_view raw;
  std::string id;                    // literal text of a string or number
  std::string time;                  // literal text of a number, or empty
  std::optional<std::string> field;  // Instagram: the entry itself has `field` and `value`
  std::optional<ScannedItem> value;
  std::vector<ScannedItem> items;
  bool odd = false;  // not an object, or its list is not an array: kept whole
};

class EnvelopeScan {
 public:
  EnvelopeScan(std::string_view body, const rapidjson::MemoryStream& stream, int max_depth)
      : body_(body), stream_(stream), max_depth_(max_depth) {}

  bool Null() { return scalar("null"); }
  bool Bool(bool b) { return scalar(b ? "true" : "false"); }
  bool RawNumber(const char* text, unsigned size, bool) { return number({text, size}); }
  bool String(const char* text, unsigned size, bool) { return text_value({text, size}); }
  bool Key(const char* text, unsigned size, bool);
  bool StartObject() { return open(true); }
  bool StartArray() { return open(false); }
  bool EndObject(unsigned) { return close(); }
  bool EndArray(unsigned) { return close(); }
  // The reader requires these functions but passes every number to RawNumber.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

  // Results:
  std::string object;
  std::vector<ScannedEntry> entries;
  bool well_shaped = false;  // the body is an object whose `entry` is an array
  bool too_deep = false;

 private:
  // The meaning of the last key at each level of the envelope.
  enum class Name : std::uint8_t {
    other,
    object,
    entry,
    id,
    time,
    messaging,
    standby,
    changes,
    changed_fields,
    field,
    value,
    metadata,
    phone_number_id
  };
  // Levels: 1 body, 2 entry list, 3 an entry, 4 a list of it, 5 an item, 6 its value, 7 metadata.
  static constexpr int kLevels = 8;

  static Name name_of(std::string_view key);
  static std::string_view list_name(Name name);
  bool open(bool is_object);
  bool close();
  bool scalar(std::string_view json);
  bool number(std::string_view literal);
  bool text_value(std::string_view text);
  void add_scalar(std::string json);
  void entry_text(std::string_view text, bool is_number);
  bool in_entry() const;
  bool in_list() const;
  bool at_phone_number_id() const;
  Name key(int level) const { return keys_[static_cast<std::size_t>(level)]; }

  std::string_view body_;
  const rapidjson::MemoryStream& stream_;
  int max_depth_;
  int depth_ = 0;
  std::array<Name, kLevels + 1> keys_{};
  std::array<bool, kLevels + 1> object_at_{};
  std::array<std::size_t, kLevels + 1> begin_{};
};

}  // namespace aura::net
