// Which sentences ask what a thing is made of, whatever words they use: "is there milk in the
// latte?", "do the pancakes have eggs?". Pure; any thread.
#pragma once

#include <optional>

#include "actors/agent/item_lookup.h"
#include "actors/agent/question.h"

namespace aura::agent {

struct ContentsAsked {
  NounPhrase what;
  ItemAnswer in;
};

// Nothing if what is asked for is an item or an option by itself ("a mug in green", "almond milk in
// my cappuccino").
std::optional<ContentsAsked> look_up_contents(const Sentence& sentence, Language reader,
                                              const RetrievalIndex& index);

// Whether it is something that food may hold and a customer may not: "milk", "eggs".
bool is_ingredient(const NounPhrase& phrase, Language reader);

}  // namespace aura::agent
