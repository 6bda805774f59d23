// Identifiers. Inside the engine an id is 16 bytes; outside it is a type prefix and 26 characters
// of Crockford base32 in lower case ("msg_01k5…"), so ids of one type sort as their bytes do.
//
//   time-ordered:  [48 bit ms since epoch, big-endian][80 bit random or sequence]
//   derived:       first 16 bytes of SHA-256 over length-prefixed parts (conversations, contacts):
//                  an external thread leads to its actor without a lookup
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/clock.h"

namespace aura {

enum class IdType {
  workspace,
  channel,
  contact,
  conversation,
  message,
  item,
  document,
  media,
  login,
  api_key
};

struct Id {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const Id&) const = default;
  bool empty() const { return *this == Id{}; }
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), 16}; }
  static Id from_view(std::string_view raw);  // raw must have 16 bytes; else the empty id
};

// A hash of all 16 bytes, stable across processes and versions (it selects the partition).
std::uint64_t hash_value(const Id& id);

std::string_view prefix(IdType type);              // "ws", "ch", …
std::string format_id(IdType type, const Id& id);  // "ws_…"
std::optional<Id> parse_id(IdType type, std::string_view text);

Id time_ordered_id(Millis at, std::uint64_t tail_high16, std::uint64_t tail_low64);
Id new_id(Millis at);  // a count, then 64 random bits from the OS generator
Id derived_id(std::initializer_list<std::string_view> parts);
std::uint64_t short_hash(std::string_view bytes);  // the first 8 bytes of the SHA-256
Millis id_time(const Id& id);                      // of a time-ordered id

}  // namespace aura

template <>
struct std::hash<aura::Id> {
  std::size_t operator()(const aura::Id& id) const noexcept { return aura::hash_value(id); }
};
