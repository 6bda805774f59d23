// The newest retrieval index of a workspace, shared by its agent with its conversations, so that an
// agent that answers at once does so within a conversation's own step. Made by the workspace actor
// for all its children; any thread may call.
#pragma once

#include <atomic>
#include <memory>

#include "actors/agent/retrieval.h"

namespace aura {

class AgentIndex {
 public:
  using Index = std::shared_ptr<const agent::RetrievalIndex>;

  // Empty: stale or not built yet; whoever needs it asks the agent actor, which builds it.
  Index get() const { return index_.load(std::memory_order_acquire); }
  void publish(Index index) { index_.store(std::move(index), std::memory_order_release); }

 private:
  std::atomic<Index> index_;
};
using AgentIndexPtr = std::shared_ptr<AgentIndex>;

}  // namespace aura
