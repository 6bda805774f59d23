// What an operator's order, or quarantine, keeps an actor from doing. Any thread.
#pragma once

#include "runtime/directory.h"
#include "storage/store.h"

namespace aura {

// An actor below a paused one is paused, too.
ActorState shown_state(const ActorCard& card);
// What the actor waits for, in an operator's words; nullptr: no order.
const char* waits_for_operator(const ActorCard& card);
Millis waits_for_operator_since(const ActorCard& card);  // 0: not known
// The commands and events that wait until the actor may go on. Reads the journal, for an actor
// under an order only.
struct Held {
  std::int64_t counted = 0;
  bool more = false;  // the journal has more rows than are looked at
};
Held held_for(const ActorCard& card, const storage::Reader& reader);

}  // namespace aura
