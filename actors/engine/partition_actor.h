// One of the 256 supervisors between the engine and its workspaces, so that no actor has to route
// and supervise all of them. Owned by the engine actor; a workspace that fails for good is reported
// and stays quarantined.
#pragma once

#include "actors/tree/children.h"
#include "actors/tree/core_actor.h"

namespace aura {

class PartitionActor final : public CoreActor {
 public:
  PartitionActor(caf::actor_config& config, Services& services, ActorCardPtr card);
  caf::behavior make_behavior() override;

 protected:
  void describe(Facts& facts, api::ActorDetail& detail) const override;
  void pass_down(OperatorOrder& order, std::string_view rest) override;
  void passivate_below() override;
  void on_resumed() override { workspaces_.tell_resumed(); }

 private:
  Children<Id> workspaces_;
  bool stopping_ = false;
};

}  // namespace aura
