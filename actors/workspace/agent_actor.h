// The workspace's agent: asks the ReplyAgent for each turn. The index is built on a thread of its
// own when a turn first needs it after a change; turns wait for it here. Owned by its workspace
// actor; a turn lost with it is asked for again by its conversation.
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
    std::uint64_t version = 0;  // of the rows when it came: it is answered from these or later ones
  };

  void on_turn(ProposeTurn& turn);
  void build();
  void on_built(const IndexBuilt& built);
  void propose(ProposeTurn turn, const AgentIndex::Index& index);

  const Id workspace_;
  const AgentIndexPtr index_;  // shared with the conversations
  std::deque<Waiting> waiting_;
  bool building_ = false;  // … or waiting to try again
};

}  // namespace aura
