// News for followers of a conversation that somebody else handles now. Pure.
#pragma once

#include "actors/conversation/model.h"

namespace aura::conversation {

// Also if it was opened again, or seen.
void tell_if_taken(Decision& decision, const State& before);

}  // namespace aura::conversation
