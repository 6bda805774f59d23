// All catalog items of a kind ("cake", "drink"), without a limit: "the cheapest" is chosen from
// them. Pure; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "actors/agent/question.h"
#include "actors/agent/retrieval.h"

namespace aura::agent {

// Positions in index.items() of items whose name contains the kind or whose description begins with
// it.
std::vector<std::uint32_t> family_of(const NounPhrase& phrase, Language reader,
                                     const RetrievalIndex& index);
// Whether it is a word for many kinds of things ("drinks", "desserts"), hardly
// one of a name.
bool names_kind(const NounPhrase& phrase, Language reader, const RetrievalIndex& index);

}  // namespace aura::agent
