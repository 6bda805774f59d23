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
  struct Versions {
    std::uint64_t catalog = 0, profile = 0;
    bool operator==(const Versions&) const = default;
  };

  // Empty: outdated or not built yet; whoever needs it asks the agent actor, which builds it.
  Index get() const {
    const std::lock_guard lock(mutex_);
    return index_;
  }

  // Answers the new version.
  std::uint64_t outdate_catalog() { return outdate(versions_.catalog); }
  std::uint64_t outdate_profile() { return outdate(versions_.profile); }
  std::uint64_t profile_version() const {
    const std::lock_guard lock(mutex_);
    return versions_.profile;
  }

  // Unless a part that it was made from was outdated meanwhile.
  void publish(Index index, const Versions& made_from) {
    const std::lock_guard lock(mutex_);
    if (made_from == versions_) index_ = std::move(index);
  }

 private:
  std::uint64_t outdate(std::uint64_t& version) {
    const std::lock_guard lock(mutex_);
    index_ = nullptr;
    return ++version;
  }

  mutable std::mutex mutex_;
  Index index_;
  Versions versions_;
};
using AgentIndexPtr = std::shared_ptr<AgentIndex>;

}  // namespace aura
