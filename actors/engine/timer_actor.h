// Scans for due timers and wakes their conversations. A live conversation runs its own timers (the
// debounce), so after the first scan a timer is fired only when it is overdue by some seconds. Also
// has the store's upkeep done. Owned by the engine actor.
#pragma once

#include "actors/tree/core_actor.h"

namespace aura {

class TimerActor final : public CoreActor {
 public:
  TimerActor(caf::actor_config& config, Services& services, ActorCardPtr card, caf::actor parent);
  caf::behavior make_behavior() override;

 private:
  void scan();
  void fire(const std::vector<storage::Row>& timers);
  void keep_up();
  const caf::actor parent_;
  bool first_ = true;
  bool keeping_up_ = false;
};

}  // namespace aura
