// Which catalog rows a whole sentence means: all its noun phrases together, an
// option as one of the item it is said of, and without what the customer
// refuses. Pure; any thread.
#pragma once

#include <vector>

#include "actors/agent/item_lookup.h"

namespace aura::agent {

struct SentenceItems {
  ItemAnswer sure;          // what fits exactly or as a family, phrase after phrase
  ItemAnswer unsure;        // the best of the rest
  bool missed_one = false;  // one of several things asked for together is not there
  bool required = false;    // what is sure does not rest on question words alone
  bool all = true;          // whatever was named is sure
};
SentenceItems look_up(const Sentence& sentence, Language reader, const RetrievalIndex& index);

// The options of one item that say what the sentence asks for.
std::vector<FoundOption> look_up_options(const Sentence& sentence, std::uint32_t item,
                                         Language reader, const RetrievalIndex& index);

// "Do you have oat milk?" behind a question about the latte: of the items that have what is asked
// for as an option, only those named before, if there are any.
void keep_options_of(const std::vector<std::uint32_t>& named, ItemAnswer& answer);

// Takes out what the sentence's refused phrases speak of.
void drop_refused(const Sentence& sentence, Language reader, const RetrievalIndex& index,
                  ItemAnswer& answer);

}  // namespace aura::agent
