// What Meta asks of us for a person who logged in with our app: that their access is over, that
// what we hold of them goes. net proves the request, actors carry it out. Any thread may call.
#pragma once

#include <optional>
#include <string>

#include "runtime/clock.h"
#include "runtime/ports/engine_api.h"

namespace aura {

struct PersonRequest {
  std::string user_id;     // of the person, as the app knows them
  std::string profile_id;  // of a page whose access is over, or empty
  Millis issued_at = 0;
};

struct ErasureState {
  Millis received_at = 0;
  Millis completed_at = 0;
};

class PersonRequests {
 public:
  virtual ~PersonRequests() = default;
  // Channels whose access is theirs lose it, if it is older than the request.
  virtual void disconnect(PersonRequest request, Reply<std::monostate> reply) = 0;
  // … and contacts that are them are erased. The answer is the code under which they can ask what
  // became of it, the same whenever the request is repeated; it tells nothing of them.
  virtual void erase(PersonRequest request, Reply<std::string> reply) = 0;
  virtual std::optional<ErasureState> state_of(const std::string& code) const = 0;
};

}  // namespace aura
