#include "actors/conversation/card_numbers.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace aura::conversation {
namespace {

constexpr std::size_t kShortest = 13;
constexpr std::size_t kLongest = 19;
constexpr std::size_t kShown = 4;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_separator(char c) { return c == ' ' || c == '-' || c == '.'; }

int number_of(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

bool is_issued(std::string_view digits) {
  const std::size_t size = digits.size();
  const int two = number_of(digits.substr(0, 2));
  const int four = number_of(digits.substr(0, 4));
  if (digits[0] == '4') return size == 13 || size == 16 || size == 19;  // Visa
  if (two >= 51 && two <= 55) return size == 16;                        // Mastercard
  if (four >= 2221 && four <= 2720) return size == 16;                  // Mastercard
  if (two == 34 || two == 37) return size == 15;                        // American Express
  if (two == 36 || two == 38 || two == 30) return size == 14;           // Diners Club
  if (two == 35 || two == 60 || two == 62 || two == 64 || two == 65) return size >= 16;
  return (two == 50 || (two >= 56 && two <= 69)) && size >= 16;  // Maestro and others
}

bool has_check_digit(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int value = digits[digits.size() - 1 - i] - '0';
    const int doubled = value * 2 > 9 ? value * 2 - 9 : value * 2;
    sum += i % 2 == 0 ? value : doubled;
  }
  return sum % 10 == 0;
}

// The positions of the digits of a card number that starts at `at`, or none. The number consists of
// whole digit groups with one separator in between.
std::vector<std::size_t> card_at(std::string_view text, std::size_t at) {
  std::vector<std::size_t> places;
  std::string digits;
  std::vector<std::size_t> best;
  for (std::size_t i = at; i < text.size() && digits.size() < kLongest; ++i) {
    if (!is_digit(text[i])) {
      const bool goes_on = is_separator(text[i]) && i + 1 < text.size() && is_digit(text[i + 1]);
      if (!goes_on) break;
      continue;
    }
    places.push_back(i);
    digits += text[i];
    const bool group_ends = i + 1 == text.size() || !is_digit(text[i + 1]);
    if (group_ends && digits.size() >= kShortest && is_issued(digits) && has_check_digit(digits))
      best = places;
  }
  return best;
}

}  // namespace

std::string hide_card_numbers(std::string text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const bool begins = is_digit(text[i]) && (i == 0 || !is_digit(text[i - 1]));
    const auto places = begins ? card_at(text, i) : std::vector<std::size_t>();
    if (places.empty()) {
      out += text[i++];
      continue;
    }
    const std::size_t shown_from = places[places.size() - kShown];
    for (; i <= places.back(); ++i) {
      if (is_digit(text[i]) && i < shown_from)
        out += "•";
      else
        out += text[i];
    }
  }
  return out;
}

}  // namespace aura::conversation
