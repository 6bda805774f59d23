// What happens to a send that is well-formed: refused by a fault or a rule of the provider, or
// recorded in the ledger and told to whoever watches. The same for every channel; the APIs only
// word the refusal. Owned by the simulator; one thread.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <unordered_map>

#include "bench/sim/faults.h"
#include "bench/sim/ledger.h"
#include "bench/sim/rate_rules.h"
#include "bench/sim/sim_clock.h"

namespace aura::bench {

struct Refusal {
  static constexpr std::size_t kReasons = 7;
  enum class Why {
    none,
    throttled,     // by the knob rate_429
    account_rate,  // over the account's rate
    pair_rate,     // over the rate to one contact
    failing,       // by the knob error_rate
    recipient,     // by the knob recipient_errors; `code` says which
    window         // the contact's 24 hours are over
  };
  Why why = Why::none;
  std::string code = {};
};

class Intake {
 public:
  using Accepted = std::function<void(const AcceptedSend&)>;

  Intake(Faults& faults, Ledger& ledger, SimClock clock, Accepted accepted);

  Refusal refuses(const AcceptedSend& entry, bool may_leave_window);
  // The Retry-After line of a refusal for a rate of the account, or nothing.
  std::string retry_after(const Refusal& refusal, Channel channel) const;
  // Names it, records it, tells of it. `answered` is false when the answer must not go out.
  const AcceptedSend& record(AcceptedSend entry);
  Faults& faults() const { return faults_; }
  const SimClock& clock() const { return clock_; }
  // Sends that were refused so far, by reason; those that were malformed are not counted.
  std::uint64_t refused(Channel channel, Refusal::Why why) const {
    return refused_[static_cast<std::size_t>(channel)][static_cast<std::size_t>(why)];
  }
  void clear();

 private:
  Refusal judge(const AcceptedSend& entry, bool may_leave_window);
  std::string next_id(const AcceptedSend& entry);

  Faults& faults_;
  Ledger& ledger_;
  SimClock clock_;
  Accepted accepted_;
  RateRules rates_;
  std::array<std::array<std::uint64_t, Refusal::kReasons>, kChannels.size()> refused_{};
  std::uint64_t next_message_ = 0;
  std::uint64_t process_tag_;  // so that two runs never give the same message id
};

}  // namespace aura::bench
