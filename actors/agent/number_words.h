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

}  // namespace aura::agent
