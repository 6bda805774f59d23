// The workspace's agent: keeps the newest snapshot of catalog, knowledge and profile, and asks the
// ReplyAgent for each turn. The index is built when a turn first needs it after a change. Owned by
// its workspace actor; a turn lost with it is asked for again by its conversation.
#pragma once

#include <deque>

#include "actors/core_actor.h"
#include "actors/workspace/agent_index.h"

namespace aura {

class AgentActor final : public CoreActor {
 public:
  AgentActor(caf::actor_config& config, Services& services, ActorCardPtr card, WorkspaceInfo info,
             AgentIndexPtr index);
  caf::behavior make_behavior() override;
  void on_exit() override { waiting_.clear(); }

 protected:
  void describe(Facts& facts, api::ActorDetail& detail) const override;  // workspace/inspection.cc

 private:
  void propose(ProposeTurn turn);

  WorkspaceInfo info_;
  CatalogChanged catalog_;           // empty until the first one came
  AgentIndex::Versions made_from_;   // what of both is known here
  const AgentIndexPtr index_;        // built here, shared with the conversations
  std::deque<ProposeTurn> waiting_;  // turns that came before the catalog
};

}  // namespace aura
