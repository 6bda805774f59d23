// Who owes the answer to a message of the contact's: the AI after its turn (also to what has no
// words), a person who is called to an order at once, or nobody. Pure functions over the
// conversation's state, used on its thread.
#pragma once

#include "actors/conversation/model.h"

namespace aura::conversation {

// Of the message that the decision has filed last.
void begin_answer(Decision& decision, const ChannelEvent& event, const Rules& rules,
                  const Lookup& stored, Millis now);

}  // namespace aura::conversation
