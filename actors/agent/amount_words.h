// The words by which a number in a text is, or is not, an amount of money; in the six languages.
#pragma once

#include <cstddef>

#include "actors/agent/text.h"
#include "actors/agent/word_set.h"

namespace aura::agent {

const WordSet& single_words();   // before a currency: "a dollar"
const WordSet& money_words();    // a bare number next to one of these is money
const WordSet& selling_words();  // before "for" and a number: "rents for 20"
const WordSet& unit_words();     // a number before one of these is not money
const WordSet& rate_words();     // behind a number and before what it is for: "10 per day"
const WordSet& between_words();  // between a number and its currency: "20 mil guaraníes"

// "Percent", "a fiver", "half price": needs no number.
bool is_discount(const Tokens& tokens, std::size_t i);

}  // namespace aura::agent
