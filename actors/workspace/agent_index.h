// The newest retrieval index of a workspace. The agent actor shares it with the conversations, so
// that the embedded agent can answer within a conversation's own step. A change of the catalog or
// the profile invalidates the index before the change is answered: no reply after that uses an old
// price. Created by the workspace actor for its children; any thread may call.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

#include "actors/agent/retrieval.h"

namespace aura {

class AgentIndex {
 public:
  using Index = std::shared_ptr<const agent::RetrievalIndex>;

  // Null: outdated or not built yet; then ask the agent actor, which has it built.
  Index get() const {
    const std::lock_guard lock(mutex_);
    return index_;
  }

  // Version of the rows: increases with each stored change.
  std::uint64_t version() const {
    const std::lock_guard lock(mutex_);
    return version_;
  }
  void outdate() {
    const std::lock_guard lock(mutex_);
    index_ = nullptr;
    ++version_;
  }

  // Publishes an index unless the rows changed since `made_from`, the version when reading began.
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
