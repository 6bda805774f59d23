// Who handles the conversation, its status, what was read, and the handover's deadline:
// decide_control.cc
#pragma once

#include "actors/conversation/decision.h"
#include "runtime/result.h"

namespace aura::conversation {

// Whoever hands the conversation to the AI hands it the question that nobody has answered.
Result<Decision> decide_update(const State& state, const api::ConversationInput& input,
                               const Rules& rules, const Lookup& stored, Millis now);
Decision decide_visitor_read(const State& state, const Id& message, const Rules& rules,
                             const Lookup& stored, Millis now);
Decision decide_handover_due(const State& state, Millis now);

}  // namespace aura::conversation
