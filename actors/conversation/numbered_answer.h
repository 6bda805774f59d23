// Choices that the channel has no form for stand numbered in the text: an answer that is only such
// a number is the choice. Pure; on the conversation's thread.
#pragma once

#include <optional>

#include "actors/conversation/model.h"

namespace aura::conversation {

// What the text chooses of the newest message that went out.
std::optional<api::QuickReply> chosen_by_number(const std::string& text, const State& state,
                                                const Rules& rules, const Lookup& stored);

}  // namespace aura::conversation
