// Amounts of a WhatsApp order: decimal text in the currency's main unit.
#include <array>
#include <charconv>

#include "net/providers/whatsapp/normalise.h"

namespace aura::net::whatsapp {
namespace {

// ISO 4217: currencies whose smallest unit is not a hundredth.
std::size_t decimals_of(std::string_view currency) {
  constexpr std::array<std::string_view, 16> kNone{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                   "KMF", "KRW", "PYG", "RWF", "UGX", "VND",
                                                   "VUV", "XAF", "XOF", "XPF"};
  constexpr std::array<std::string_view, 7> kThree{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  for (const std::string_view name : kNone) {
    if (name == currency) return 0;
  }
  for (const std::string_view name : kThree) {
    if (name == currency) return 3;
  }
  return 2;
}

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

}  // namespace

std::optional<std::int64_t> minor_units(std::string_view amount, std::string_view currency) {
  constexpr std::size_t kMostDigits = 15;
  const std::size_t decimals = decimals_of(currency);
  const std::size_t dot = amount.find('.');
  const std::string_view whole = amount.substr(0, dot);
  std::string_view part =
      dot == std::string_view::npos ? std::string_view() : amount.substr(dot + 1);
  while (!part.empty() && part.back() == '0') part.remove_suffix(1);
  const bool shaped = currency.size() == 3 && !whole.empty() && whole.size() <= kMostDigits &&
                      all_digits(whole) && all_digits(part) && part.size() <= decimals;
  if (!shaped) return std::nullopt;
  std::string digits(whole);
  digits.append(part).append(decimals - part.size(), '0');
  std::int64_t minor = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), minor);
  return minor;
}

}  // namespace aura::net::whatsapp
