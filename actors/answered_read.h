// Runs a read and its reply on a thread of `pool`; if the pool is full, refuses at once. A read
// that throws, or that forgets to answer, is answered with an error. Any thread may call.
#pragma once

#include <exception>
#include <utility>

#include "runtime/log.h"
#include "runtime/once_reply.h"
#include "runtime/ports/engine_api.h"
#include "storage/store.h"

namespace aura {

// `work` is called with `reply`.
template <class T, class Work>
void answered_read(storage::ReadPool& pool, Reply<T> reply, Work work) {
  const OnceReply<T> once(std::move(reply));
  const bool posted = pool.post([once, work = std::move(work)] {
    try {
      work(Reply<T>(once));
    } catch (const std::exception& error) {
      log::error("read_failed", {{"what", error.what()}});
    }
  });
  if (!posted)
    once.error(Errc::overloaded, "Too many reads are waiting; please try again shortly.");
}

}  // namespace aura
