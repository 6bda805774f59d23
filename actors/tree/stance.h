// An operator's order for one child of a supervisor, while it lasts, and the commands that wait for
// its end. A member of the supervisor's table (children.h).
#pragma once

#include <caf/event_based_actor.hpp>
#include <functional>
#include <utility>
#include <vector>

#include "config/limits.h"
#include "runtime/directory.h"

namespace aura {

// A command that waits until its child can take it.
using HeldCommand = std::function<void(caf::event_based_actor*, const caf::actor&)>;

template <class Message>
HeldCommand held(Message message) {
  return [message = std::move(message)](caf::event_based_actor* self, const caf::actor& to) {
    self->send(to, message);
  };
}

struct Stance {
  ActorState state = ActorState::paused;  // paused, stopped (drained) or quarantined
  std::vector<HeldCommand> commands;
  ActorCardPtr card;  // shown while the child does not run

  bool has_room() const {
    return state != ActorState::quarantined &&
           commands.size() < static_cast<std::size_t>(limits::kHeldForPaused);
  }
  // Above the bound the command is dropped: dropping answers its OnceReply, and a resumed child
  // reads its rows again.
  void hold(HeldCommand command) {
    if (has_room()) commands.push_back(std::move(command));
    show();
  }
  void show() const { card->held = static_cast<std::int64_t>(commands.size()); }
};

}  // namespace aura
