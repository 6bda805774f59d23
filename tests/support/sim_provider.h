// A provider's send API that misbehaves as configured: it accepts a message, fails, accepts and
// then cuts the connection, or never answers (the client's deadline ends the call). It records what
// it accepted. Single-threaded: the simulation delivers the answers.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "runtime/clock.h"
#include "runtime/ports/provider_client.h"
#include "runtime/random.h"

namespace aura::test {

class SimProvider final : public ProviderClient {
 public:
  struct Accepted {
    std::string recipient, message_id, text, external_id;
  };
  SimProvider(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  void call(ProviderCall call, std::function<void(ProviderReply)> done) override;
  // Gives all due answers, in random order; returns their number.
  std::size_t answer();
  bool idle() const { return pending_.empty(); }
  // The process died: nobody waits for the answers any more.
  void forget_callers() { pending_.clear(); }

  bool dead = false;               // the process is dead: ignores calls of its dying actors
  int fault_percent = 0;           // percentage of failing calls
  std::vector<Accepted> accepted;  // in order
  std::vector<Accepted> news;      // accepted, but no echo or status sent yet
  std::map<std::string, int> cut;  // message → calls whose answer was lost

 private:
  struct Pending {
    Millis due = 0;
    ProviderReply reply;
    std::function<void(ProviderReply)> done;
  };
  const Clock& clock_;
  Random& random_;
  std::vector<Pending> pending_;
};

}  // namespace aura::test
