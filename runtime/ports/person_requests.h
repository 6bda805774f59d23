// Meta's requests for a person who logged in with our app: end the person's access, or erase the
// person's data. net verifies the request, actors carry it out. Any thread may call.
#pragma once

#include <optional>
#include <string>

#include "runtime/clock.h"
#include "runtime/ports/engine_api.h"

namespace aura {

struct PersonRequest {
  std::string user_id;     // the person's app-scoped id
  std::string profile_id;  // a page whose access has ended, or empty
  Millis issued_at = 0;
};

struct ErasureState {
  Millis received_at = 0;
  Millis completed_at = 0;
};

class PersonRequests {
 public:
  virtual ~PersonRequests() = default;
  // Revokes the access of channels connected by the person's login, unless it is newer than the
  // request.
  virtual void disconnect(PersonRequest request, Reply<std::monostate> reply) = 0;
  // Also erases the person's contacts. The answer is a code with which the person can ask for the
  // state of the erasure. It is the same if the request is repeated, and identifies nobody.
  virtual void erase(PersonRequest request, Reply<std::string> reply) = 0;
  // nullopt: there is no such request.
  virtual Result<std::optional<ErasureState>> state_of(const std::string& code) const = 0;
};

}  // namespace aura
