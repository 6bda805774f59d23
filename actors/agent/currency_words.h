// The words, codes and abbreviations that name a currency. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "actors/agent/text.h"

namespace aura::agent {

// "dollars", "EUR": anywhere in a sentence.
bool is_currency_word(std::string_view text, const Tokens& tokens, std::size_t i);

// "kr", "Rs", "zł": ordinary words or letters unless they stand beside a number. `own`: those of
// the shop's currency.
bool is_currency_mark(std::string_view word, const std::vector<std::string>& own);

// The words with which prices in a currency are written in a locale, "zl" of "12,00 zł", and what
// the currency is called there, at home and in the six languages: "soles", "zlotych".
std::vector<std::string> currency_marks(std::string_view currency, std::string_view locale);

// Of these names those of other languages: their numbers may be words that nobody here knows.
std::vector<std::string> currency_names(std::string_view currency, std::string_view locale);

}  // namespace aura::agent
