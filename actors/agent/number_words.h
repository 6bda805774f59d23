// Numbers written as words in the six languages. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "actors/agent/language.h"

namespace aura::agent {

// The value of "seven", "fünfzig": 0 … 20, tens, hundred. `folded`: without marks.
std::optional<int> number_word(std::string_view folded, Language language);
// … in any of the languages.
std::optional<int> number_word(std::string_view folded);

// The place of "second", "zweites"; kLast: of "last". `folded`: without marks.
inline constexpr int kLast = -1;
std::optional<int> ordinal_word(std::string_view folded, Language language);
// Whether the word says how many, more than one: "seven", "half", "thousand"; in any language.
bool is_quantity_word(std::string_view folded);

}  // namespace aura::agent
