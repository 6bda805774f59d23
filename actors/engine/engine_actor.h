// The root of the supervision tree: engine → partitions → workspaces, with the ingress and the
// timer actors beside the partitions. It only routes and supervises. Owned by the EngineHost.
// The engine cannot work without one of its children: if one keeps failing, the process ends, so
// that the service manager restarts it.
#pragma once

#include "actors/engine/ingress_actor.h"
#include "actors/tree/children.h"
#include "actors/tree/core_actor.h"

namespace aura {

class EngineActor final : public CoreActor {
 public:
  EngineActor(caf::actor_config& config, Services& services, ActorCardPtr card);
  caf::behavior make_behavior() override;

 protected:
  void describe(Facts& facts, api::ActorDetail& detail) const override;
  void pass_down(OperatorOrder& order, std::string_view rest) override;

 private:
  template <class Envelope>
  void route(Envelope& envelope);
  void stop_when_empty();

  Children<int> partitions_;
  Children<std::string> parts_;  // "ingress", "timers"
  bool stopping_ = false;
};

}  // namespace aura
