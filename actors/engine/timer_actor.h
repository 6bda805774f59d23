// Looks for due timers and wakes their conversations. What a live conversation waits for by itself
// (a debounce) comes here only if it is long overdue, after a crash for instance. Owned by the
// engine actor, stateless but for its first scan.
#pragma once

#include "actors/tree/core_actor.h"

namespace aura {

class TimerActor final : public CoreActor {
 public:
  TimerActor(caf::actor_config& config, Services& services, ActorCardPtr card, caf::actor parent);
  caf::behavior make_behavior() override;

 private:
  void scan();
  const caf::actor parent_;
  bool first_ = true;
};

}  // namespace aura
