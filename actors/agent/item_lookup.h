// Which catalog rows a noun phrase means, and how surely: the difference between "that is it" and
// "we do not have that, but this comes close" is what keeps one product's price off another.
#pragma once

#include <cstdint>
#include <vector>

#include "actors/agent/question.h"
#include "actors/agent/retrieval.h"

namespace aura::agent {

enum class Fit {
  none,
  close,    // part of what was asked for is not in the name
  guess,    // only if a short word was mistyped
  related,  // everything was found, some of it in the description
  family,   // several names hold everything that was asked for
  exact,
};

struct FoundOption {
  std::uint32_t item = 0;
  std::uint32_t option = 0;
};

struct ItemAnswer {
  Fit fit = Fit::none;
  std::vector<std::uint32_t> items;  // places in index.items(), best first
  std::vector<FoundOption> options;  // options of them that were asked for
  bool by_kind = false;  // by all of the name or by what it ends with: "cake", not "carrot"
};

ItemAnswer look_up(const NounPhrase& phrase, Language reader, const RetrievalIndex& index);

// The options of one item that say what the phrase asks for.
std::vector<FoundOption> look_up_options(const NounPhrase& phrase, std::uint32_t item,
                                         Language reader, const RetrievalIndex& index);

// What says of itself that it holds none of it: "no caffeine", "sugar-free".
ItemAnswer look_up_without(const NounPhrase& phrase, Language reader, const RetrievalIndex& index);

// Whether the item's name or description speaks of it, be it that the item has none; or its name.
bool says_of(const NounPhrase& phrase, std::uint32_t item, Language reader,
             const RetrievalIndex& index);
bool is_in_name(const NounPhrase& phrase, std::uint32_t item, Language reader,
                const RetrievalIndex& index);

// Takes out what the refused phrase speaks of.
void drop_refused(const NounPhrase& refused, Language reader, const RetrievalIndex& index,
                  ItemAnswer& answer);

}  // namespace aura::agent
