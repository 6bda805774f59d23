// Recognises money, rates and discounts in text, in any script and in the six languages.
// Independent of the catalog: claims.h decides what is allowed.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace aura::agent {

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// Anything numeric: digits of any script, circled, superscript, Roman numeral signs, fractions.
bool is_numeral(char32_t c);
bool is_currency_sign(char32_t c);
bool is_percent_sign(char32_t c);

// The signs and words of a text that are allowed only inside a claim: numerals, currency and
// percent signs, currency words and codes, discount words, and number words next to a price word.
std::vector<Span> money_marks(std::string_view text);

}  // namespace aura::agent
