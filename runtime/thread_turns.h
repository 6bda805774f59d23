// The scheduler time slice of the calling thread. A thread with a short slice is scheduled sooner
// after it wakes and keeps its share of the processor: right for threads that often do little work
// which others wait for. Any thread may call, for itself.
#pragma once

namespace aura {

// Takes effect on Linux 6.12 and later (EEVDF slices); older kernels ignore it.
void take_short_turns();

}  // namespace aura
