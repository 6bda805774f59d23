// The dialogue as the agent reads it. Pure.
#pragma once

#include <optional>

#include "actors/agent/agent.h"
#include "actors/conversation/model.h"

namespace aura::conversation {

// A message as part of the dialogue; nullopt if it says nothing to the agent: it has no words any
// more, or the system wrote it.
std::optional<agent::PastMessage> past_of(const StoredMessage& message);

}  // namespace aura::conversation
