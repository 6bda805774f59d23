#include "actors/queries/cursor.h"

#include <cstdint>

namespace aura::cursor {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::size_t kCheckBytes = 3;

// FNV-1a. It guards against mistakes, not against forgers, who could only skip rows of their own.
std::string check_of(std::string_view list, std::string_view tail) {
  std::uint32_t hash = 2166136261u;
  const auto mix = [&](std::string_view bytes) {
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  };
  mix(list);
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

std::string list(storage::Family family, std::string_view prefix) {
  return static_cast<char>(family) + std::string(prefix);
}

std::string make(std::string_view list, std::string_view tail) {
  return encode(std::string(tail) + check_of(list, tail));
}

std::optional<std::string> tail_of(std::string_view list, std::string_view text) {
  auto bytes = decode(text);
  if (!bytes || bytes->size() <= kCheckBytes) return std::nullopt;
  const std::string check = bytes->substr(bytes->size() - kCheckBytes);
  bytes->resize(bytes->size() - kCheckBytes);
  if (check != check_of(list, *bytes)) return std::nullopt;
  return bytes;
}

}  // namespace aura::cursor
