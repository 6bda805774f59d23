// Detects canary texts in stored bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace aura::test {

// Whether the bytes contain the text, plain or in base64 (at any offset, in either alphabet).
inline bool holds_text(std::string_view bytes, const std::string& text) {
  if (bytes.find(text) != std::string_view::npos) return true;
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto value_of = [&](char c) {
    return c == '-' ? std::size_t{62} : c == '_' ? std::size_t{63} : kDigits.find(c);
  };
  for (std::size_t shift = 0; shift < 4; ++shift) {
    std::string decoded;
    std::uint32_t bits = 0;
    for (std::size_t i = shift; i < bytes.size(); ++i) {
      bits = bits << 6 | static_cast<std::uint32_t>(value_of(bytes[i]) & 63);
      if ((i - shift) % 4 != 3) continue;
      for (const int at : {16, 8, 0}) decoded.push_back(static_cast<char>(bits >> at));
    }
    if (decoded.find(text) != std::string::npos) return true;
  }
  return false;
}

}  // namespace aura::test
