#include "actors/queries/cursor.h"

#include <algorithm>
#include <cstdint>

namespace aura::cursor {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::size_t kCheckBytes = 3;

// FNV-1a over the list's identity and the tail. It protects against mistakes, not against forgery:
// a forger could only skip their own rows.
std::string check_of(storage::Family family, std::string_view prefix, std::string_view tail) {
  std::uint32_t hash = 2166136261u;
  const auto mix = [&](std::string_view bytes) {
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  };
  const char list = static_cast<char>(family);  // several families share key prefixes
  mix({&list, 1});
  mix(prefix);
  mix(tail);
  std::string check;
  for (std::size_t i = 0; i < kCheckBytes; ++i) check += static_cast<char>(hash >> (8 * i));
  return check;
}

}  // namespace

std::string encode(std::string_view bytes) {
  std::string text;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (held += 8; held >= 6; held -= 6) text += kAlphabet[bits >> (held - 6) & 63];
  }
  if (held > 0) text += kAlphabet[bits << (6 - held) & 63];
  return text;
}

std::optional<std::string> decode(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const auto value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>(bits >> held & 255);
  }
  return bytes;
}

Result<std::string> begin_of(storage::Family family, std::string_view prefix,
                             std::string_view after) {
  if (after.empty()) return std::string(prefix);
  const auto bytes = decode(after);
  const std::size_t tail = bytes ? bytes->size() - std::min(bytes->size(), kCheckBytes) : 0;
  if (tail == 0 ||
      check_of(family, prefix, std::string_view(*bytes).substr(0, tail)) != bytes->substr(tail))
    return fail(Errc::invalid, "after is not a cursor of this list.", "?after");
  return std::string(prefix).append(*bytes, 0, tail) + '\0';  // right after that row
}

std::string next(storage::Family family, std::string_view prefix, std::string_view key) {
  const std::string tail(key.substr(prefix.size()));
  return encode(tail + check_of(family, prefix, tail));
}

}  // namespace aura::cursor
