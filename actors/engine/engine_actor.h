// The root of the supervision tree and its second level: engine → partitions → workspaces, with the
// ingress and timer actors beside the partitions. Engine and partitions only route and supervise.
// The EngineHost owns the engine actor. A child that keeps failing is reported and stays
// quarantined.
#pragma once

#include "actors/engine/ingress_actor.h"
#include "actors/tree/children.h"
#include "actors/tree/core_actor.h"

namespace aura {

struct ScanTimers {};

class PartitionActor final : public CoreActor {
 public:
  PartitionActor(caf::actor_config& config, Services& services, ActorCardPtr card);
  caf::behavior make_behavior() override;

 protected:
  void describe(Facts& facts, api::ActorDetail& detail) const override;
  void pass_down(OperatorOrder& order, std::string_view rest) override;

 private:
  Children<Id> workspaces_;
  bool stopping_ = false;
};

// Scans for due timers and sends them to their conversations. A live conversation runs its debounce
// itself; that timer is sent only if it is long overdue, for instance after a crash.
class TimerActor final : public CoreActor {
 public:
  TimerActor(caf::actor_config& config, Services& services, ActorCardPtr card, caf::actor parent);
  caf::behavior make_behavior() override;

 private:
  void scan();
  const caf::actor parent_;
  bool first_ = true;
};

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

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::ScanTimers)
