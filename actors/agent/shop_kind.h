// Items whose names do not say what they are, because the shop does: pizzas called "Margherita" in
// a pizzeria, titles in a bookshop, names under a document's heading "Cocktails". Pure; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "actors/agent/question.h"
#include "actors/agent/retrieval.h"

namespace aura::agent {

struct ShopKind {
  std::vector<std::uint32_t> items;  // positions in index.items(), rising
  bool all = false;                  // the phrase names nothing but the kind
};

// The items of the kind that the phrase names which say the rest of it: all "books", or those "by
// Cortázar".
ShopKind of_shop_kind(const NounPhrase& phrase, Language reader, const RetrievalIndex& index);

}  // namespace aura::agent
