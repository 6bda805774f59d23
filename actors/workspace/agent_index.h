// The newest retrieval index of a workspace, shared by its agent with its conversations, so that an
// agent that answers at once does so within a conversation's own step. What changes the catalog or
// the profile outdates it before the change is answered: nobody is told an old price after that.
// Made by the workspace actor for all its children; any thread may call.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

#include "actors/agent/retrieval.h"

namespace aura {

class AgentIndex {
 public:
  using Index = std::shared_ptr<const agent::RetrievalIndex>;

  // Empty: outdated or not built yet; whoever needs it asks the agent actor, which has it built.
  Index get() const {
    const std::lock_guard lock(mutex_);
    return index_;
  }

  // Of the rows: one more for each change that is stored.
  std::uint64_t version() const {
    const std::lock_guard lock(mutex_);
    return version_;
  }
  void outdate() {
    const std::lock_guard lock(mutex_);
    index_ = nullptr;
    ++version_;
  }

  // Unless the rows changed since `made_from`, the version when they began to be read.
  void publish(Index index, std::uint64_t made_from) {
    const std::lock_guard lock(mutex_);
    if (made_from == version_) index_ = std::move(index);
  }

 private:
  mutable std::mutex mutex_;
  Index index_;
  std::uint64_t version_ = 0;
};
using AgentIndexPtr = std::shared_ptr<AgentIndex>;

}  // namespace aura
