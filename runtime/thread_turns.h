// How long a thread asks to run once it has a processor. One that asks for a short turn gets it
// sooner when it wakes, and loses nothing of its share: right for threads that do little, often,
// and that somebody waits for. Any thread may call, for itself.
#pragma once

namespace aura {

// Linux 6.12 and later (EEVDF slices); older kernels do as before.
void take_short_turns();

}  // namespace aura
