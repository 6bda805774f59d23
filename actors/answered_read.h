// Runs a read and its reply on a thread of `pool`; if the pool is full, refuses at once. Any thread
// may call.
#pragma once

#include <utility>

#include "runtime/ports/engine_api.h"
#include "storage/store.h"

namespace aura {

// `work` is called with `reply`.
template <class T, class Work>
void answered_read(storage::ReadPool& pool, Reply<T> reply, Work work) {
  if (!pool.post([reply, work = std::move(work)] { work(reply); }))
    reply(fail(Errc::overloaded, "Too many reads are waiting; please try again shortly."));
}

}  // namespace aura
