// The ids of a conversation, its contact and its messages. Those of conversation and contact are
// derived from the channel and the contact's id there, so no lookup is needed before their actor.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/clock.h"
#include "runtime/ids.h"
#include "runtime/ports/channel_event.h"

namespace aura::conversation {

// The name from which the ids of the event's conversation and contact are derived.
const std::string& name_of(const ChannelEvent& event);
Id conversation_id(const Id& channel, std::string_view thread);
Id contact_id(const Id& channel, std::string_view thread);
Id message_id(const Id& conversation, Millis at, std::uint32_t order);
std::uint32_t order_of(const Id& message);

}  // namespace aura::conversation
