// Everything in the catalog that is of a kind ("cake", "drink"), however many there are: what "the
// cheapest" is chosen from. Pure; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "actors/agent/question.h"
#include "actors/agent/retrieval.h"

namespace aura::agent {

// Places in index.items(): what says so in its name, or begins its description with it.
std::vector<std::uint32_t> family_of(const NounPhrase& phrase, Language reader,
                                     const RetrievalIndex& index);
// Whether it is a word for many kinds of things ("drinks", "desserts"), hardly
// one of a name.
bool names_kind(const NounPhrase& phrase, Language reader, const RetrievalIndex& index);

}  // namespace aura::agent
