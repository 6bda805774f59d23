// The limits that a customer sets on a price: "under $5", "between 5 and 7 euros", "über 50 Euro".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "actors/agent/lexicon.h"
#include "actors/agent/text.h"

namespace aura::agent {

// Numbers as written with digits; empty: no limit.
struct PriceRange {
  std::string least;
  std::string most;
  bool with_most = false;   // "up to", not "under"
  bool with_least = false;  // "from", not "over"
  bool budget = false;      // "for 5 dollars": a limit, unless it is offered for one thing
  bool begins = false;      // such a limit begins its sentence
  bool any() const { return !least.empty() || !most.empty(); }
  bool has(std::int64_t price_minor, std::string_view currency) const;
};

// Reads the limit at `at` into `range`; how many words it took, 0 if there is none.
std::size_t read_price_range(const Tokens& tokens, Words words, std::size_t at,
                             std::string_view text, Language language, PriceRange& range);

}  // namespace aura::agent
