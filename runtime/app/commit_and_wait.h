// Submits a commit and blocks until it is durable or refused: for start-up and for the
// application's own threads, never in an actor.
#pragma once

#include <future>
#include <utility>

#include "storage/store.h"

namespace aura::app {

inline Errc commit_and_wait(storage::CommitLog& log, storage::Commit commit) {
  std::promise<Errc> done;
  log.submit(std::move(commit),
             [&done](const storage::CommitResult& result) { done.set_value(result.code); });
  return done.get_future().get();
}

}  // namespace aura::app
