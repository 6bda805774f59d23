#include "runtime/hex.h"

namespace aura {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";
constexpr std::string_view kCapitals = "ABCDEF";

int value_of(char digit) {
  if (const auto at = kDigits.find(digit); at != std::string_view::npos)
    return static_cast<int>(at);
  const auto at = kCapitals.find(digit);
  return at == std::string_view::npos ? -1 : static_cast<int>(at) + 10;
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  std::string digits;
  digits.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    digits += kDigits[byte >> 4];
    digits += kDigits[byte & 15];
  }
  return digits;
}

std::optional<std::string> from_hex(std::string_view digits) {
  if (digits.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(digits.size() / 2);
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const int high = value_of(digits[i]), low = value_of(digits[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::optional<std::string> from_lower_hex(std::string_view digits) {
  if (digits.find_first_of(kCapitals) != std::string_view::npos) return std::nullopt;
  return from_hex(digits);
}

}  // namespace aura
