// Compares an echo's content with what we sent, for echoes without our message id. Pure; any
// thread.
#pragma once

#include <string>

#include "runtime/ports/channel_event.h"

namespace aura::net::meta {

// Whether the echo has the same text as `part` (see send_parts.h); both are empty for pictures and
// cards.
bool shows(const ChannelEvent& echo, const std::string& part);

}  // namespace aura::net::meta
