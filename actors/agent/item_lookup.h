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

// The options of one item that say what the sentence asks for.
std::vector<FoundOption> look_up_options(const Sentence& sentence, std::uint32_t item,
                                         Language reader, const RetrievalIndex& index);

// Whether the item's name or description speaks of it, be it that the item has none.
bool says_of(const NounPhrase& phrase, std::uint32_t item, Language reader,
             const RetrievalIndex& index);

// Takes out what the sentence's refused phrases speak of.
void drop_refused(const Sentence& sentence, Language reader, const RetrievalIndex& index,
                  ItemAnswer& answer);

// All noun phrases of a sentence together, without what its refused ones speak of.
struct SentenceItems {
  ItemAnswer sure;          // what fits exactly or as a family, phrase after phrase
  ItemAnswer unsure;        // the best of the rest
  bool missed_one = false;  // one of several things asked for together is not there
  bool required = false;    // what is sure does not rest on question words alone
};
SentenceItems look_up(const Sentence& sentence, Language reader, const RetrievalIndex& index);

}  // namespace aura::agent
