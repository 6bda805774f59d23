// In channels without buttons, choices are listed by number in the text; an answer that consists of
// such a number is that choice. Pure; used on the conversation actor.
#pragma once

#include <optional>

#include "actors/conversation/state.h"

namespace aura::conversation {

// The choice that the text makes from the newest outgoing message.
std::optional<api::QuickReply> chosen_by_number(const std::string& text, const State& state,
                                                const Rules& rules, const Lookup& stored);

}  // namespace aura::conversation
