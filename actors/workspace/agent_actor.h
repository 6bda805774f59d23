// The workspace's agent actor: asks the ReplyAgent for each turn. The index is built on an index
// thread when a turn first needs it after a change; turns wait for it here. Owned by its workspace
// actor; if a turn is lost with this actor, its conversation asks again.
#pragma once

#include <deque>

#include "actors/tree/core_actor.h"
#include "actors/workspace/agent_index.h"

namespace aura {

class AgentActor final : public CoreActor {
 public:
  AgentActor(caf::actor_config& config, Services& services, ActorCardPtr card, Id workspace,
             AgentIndexPtr index);
  caf::behavior make_behavior() override;
  void on_exit() override { waiting_.clear(); }

 protected:
  void describe(Facts& facts, api::ActorDetail& detail) const override;  // workspace/inspection.cc

 private:
  struct Waiting {
    ProposeTurn turn;
    std::uint64_t version = 0;  // of the rows at arrival: answered from these or newer ones
    std::int64_t since_us = 0;
  };

  void on_turn(ProposeTurn& turn);
  void build();
  void on_built(const IndexBuilt& built);
  const char* propose(ProposeTurn turn, const AgentIndex::Index& index);

  const Id workspace_;
  const AgentIndexPtr index_;  // shared with the conversations
  std::deque<Waiting> waiting_;
  bool building_ = false;  // building, or waiting to retry
};

}  // namespace aura
