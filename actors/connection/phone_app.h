// What the workspace is told when a number turns out to be used in the owner's phone app too
// (WhatsApp's "coexistence"): the channel shows it and sends at the rate of such numbers.
#pragma once

#include "actors/protocol.h"

namespace aura {

// The same notice each time: the workspace takes it once.
NoteAccount phone_app_notice(const Id& channel, Millis now);

}  // namespace aura
