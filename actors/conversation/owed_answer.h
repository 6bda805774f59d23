// Who answers a contact's message: the AI in a turn (also if it has no text), a person (called at
// once for an order), or nobody. Pure functions over the conversation's state, used on its actor.
#pragma once

#include "actors/conversation/decision.h"

namespace aura::conversation {

// For the last message of the decision.
void begin_answer(Decision& decision, const ChannelEvent& event, const Rules& rules,
                  const Lookup& stored, Millis now);
// For the contact's last message, if nobody has answered it: the AI takes over. An order, and a
// question of more than a day ago, stay with the person.
void begin_waiting_answer(Decision& decision, const Rules& rules, const Lookup& stored, Millis now);

}  // namespace aura::conversation
