// What an echo shows beside what we sent, for echoes that carry nothing else by which we know them.
// Pure; any thread.
#pragma once

#include <string>

#include "runtime/ports/channel_event.h"

namespace aura::net::meta {

// `part`: of send_parts.h. The same words; of what has none (pictures, cards), an echo without any.
bool shows(const ChannelEvent& echo, const std::string& part);

}  // namespace aura::net::meta
