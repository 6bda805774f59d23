// The owner's names for people who have not written yet: in a coexistence import the address book
// comes before the history. Who never wrote is not stored, so these names are kept in memory only,
// no longer than a raw event, until the person's first message brings them along. A restart forgets
// them. Bounded. Owned by `Deliveries`; used on the connection actor.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "runtime/ports/channel_event.h"

namespace aura {

class AddressBook {
 public:
  void note(const ChannelEvent& name, Millis now);
  // The name of the person who wrote the message (or to whom the owner did), to be applied after
  // it.
  std::optional<ChannelEvent> take(const ChannelEvent& message, Millis now);
  void clear() { names_.clear(); }

 private:
  struct Name {
    std::string words;
    Millis at = 0;     // provider time
    Millis until = 0;  // forgotten then
  };
  void forget_old(Millis now);

  std::unordered_map<std::string, Name> names_;  // by number
};

}  // namespace aura
