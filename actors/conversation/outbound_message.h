// A message of ours as the channel's adapter gets it, and its outbox row.
#pragma once

#include "actors/conversation/decision.h"

namespace aura::conversation {

// What the sender declared it to be; a template of the category "marketing" is a broadcast.
api::Priority priority_of(const StoredMessage& message, const Lookup& stored);
OutboundMessage outbound_of(const StoredMessage& message, const State& state, const Lookup& stored);
// The business's current reaction to the message.
OutboundMessage outbound_reaction(const StoredMessage& message, const State& state);
// The outbox row of decision.send or decision.react.
record::Outbox outbox_row(const Decision& decision, const State& state, const Rules& rules,
                          Millis now);

}  // namespace aura::conversation
