// A provider's send API that misbehaves as told: accepts, fails, takes a message and cuts the
// connection, or never answers (which the client's deadline ends). Remembers what it accepted.
// Single-threaded: the simulation delivers the answers.
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
  // Answers what is due, in any order; how many.
  std::size_t answer();
  bool idle() const { return pending_.empty(); }
  // The process died: whoever waits for an answer is gone.
  void forget_callers() { pending_.clear(); }

  bool dead = false;      // the process "is dead": calls of the dying actors never happened
  int fault_percent = 0;  // of the calls go wrong
  std::vector<Accepted> accepted;  // in order
  std::vector<Accepted> news;      // accepted, not yet told to anyone by echo or status
  std::map<std::string, int> cut;  // calls of a message that ended without its answer

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
