// Finds the catalog rows that a noun phrase refers to, and how certain that is. Distinguishing a
// match from something merely similar keeps one product's price from being quoted for another.
#pragma once

#include <cstdint>
#include <vector>

#include "actors/agent/question.h"
#include "actors/agent/retrieval.h"

namespace aura::agent {

enum class Fit {
  none,
  close,    // the name lacks part of what was asked for
  guess,    // matches only if a short word was mistyped
  related,  // all found, part of it in the description
  family,   // several names contain everything asked for
  exact,
};

struct FoundOption {
  std::uint32_t item = 0;
  std::uint32_t option = 0;
};

struct ItemAnswer {
  Fit fit = Fit::none;
  std::vector<std::uint32_t> items;  // positions in index.items(), best first
  std::vector<FoundOption> options;  // requested options of these items
  bool by_kind = false;  // found by the whole name or its last noun: "cake", not "carrot"
};

ItemAnswer look_up(const NounPhrase& phrase, Language reader, const RetrievalIndex& index);

// The options of one item that the phrase asks for.
std::vector<FoundOption> look_up_options(const NounPhrase& phrase, std::uint32_t item,
                                         Language reader, const RetrievalIndex& index);

// Items that say they contain none of it: "no caffeine", "sugar-free".
ItemAnswer look_up_without(const NounPhrase& phrase, Language reader, const RetrievalIndex& index);

// Whether the item's name or description mentions it, even if only to say that the item has none.
bool says_of(const NounPhrase& phrase, std::uint32_t item, Language reader,
             const RetrievalIndex& index);
// Whether the item's name has the thing that is asked for in it, if not all that is said of it.
bool names_part(const NounPhrase& phrase, std::uint32_t item, Language reader,
                const RetrievalIndex& index);
bool is_in_name(const NounPhrase& phrase, std::uint32_t item, Language reader,
                const RetrievalIndex& index);

// Removes the items that the refused phrase refers to.
void drop_refused(const NounPhrase& refused, Language reader, const RetrievalIndex& index,
                  ItemAnswer& answer);

}  // namespace aura::agent
