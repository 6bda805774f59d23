// Carries out Meta's requests for a person who logged in with our app (deauthorise, erase): finds
// the channels connected by the person's login and the person's contacts, and sends each owning
// actor a command. An interrupted request is completed when Meta repeats it. Created by the
// application, outlives the network layer; any thread may call.
#pragma once

#include <memory>

#include "actors/services.h"
#include "runtime/ports/person_requests.h"

namespace aura {

class StoredPersonRequests final : public PersonRequests {
 public:
  StoredPersonRequests(Services& services, Commands& commands);

  void disconnect(PersonRequest request, Reply<std::monostate> reply) override;
  void erase(PersonRequest request, Reply<std::string> reply) override;
  Result<std::optional<ErasureState>> state_of(const std::string& code) const override;

  std::string code_of(const PersonRequest& request) const;

 private:
  struct Work;
  Result<void> find(Work& work) const;
  void go_on(const std::shared_ptr<Work>& work, Reply<std::monostate> reply);
  void remember(const std::string& code, Millis received, Reply<std::string> reply);

  Services& services_;
  Commands& commands_;
  const std::string secret_;  // for the erasure codes
};

// "DR" and the first 16 hex digits of HMAC-SHA256(secret, "user|issued_at").
std::string erasure_code(const std::string& secret, const PersonRequest& request);

}  // namespace aura
