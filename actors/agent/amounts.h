// Recognises what people read as money, a rate or a discount, in any script and in the six
// languages. Knows nothing of catalogs: claims.h decides what is allowed to stand.
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

// Signs and words of a running text that may only stand inside a claim: numerals, currency signs,
// percent signs, currency words and codes, discount words, and number words beside a price word.
std::vector<Span> money_marks(std::string_view text);

}  // namespace aura::agent
