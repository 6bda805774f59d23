// Announces a conversation taken over by a person. Pure.
#pragma once

#include "actors/conversation/decision.h"

namespace aura::conversation {

// Adds a feed row if handler, status or unread count changed.
void tell_if_taken(Decision& decision, const State& before);

}  // namespace aura::conversation
