// Processes a well-formed send: a fault or a provider's rule refuses it, or it is recorded in the
// ledger and reported to the watcher. The same for every channel; the APIs only format the refusal.
// Owned by the simulator; one thread.
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
    account_rate,  // beyond the account's rate
    pair_rate,     // beyond the rate to one contact
    failing,       // by the knob error_rate
    recipient,     // by the knob recipient_errors; `code` has the error
    window         // the contact's 24-hour window is closed
  };
  Why why = Why::none;
  std::string code = {};
};

class Intake {
 public:
  using Accepted = std::function<void(const AcceptedSend&)>;

  Intake(Faults& faults, Ledger& ledger, SimClock clock, Accepted accepted);

  Refusal refuses(const AcceptedSend& entry, bool may_leave_window);
  // The Retry-After header line for a refusal because of the account's rate, or nothing.
  std::string retry_after(const Refusal& refusal, Channel channel) const;
  // A private reply to the comment reaches this person.
  void note_comment(const std::string& comment, const std::string& author) {
    authors_[comment] = author;
  }
  // Assigns the message id, records the send and reports it. `answered` false: the answer must not
  // be sent.
  const AcceptedSend& record(AcceptedSend entry);
  Faults& faults() const { return faults_; }
  const SimClock& clock() const { return clock_; }
  // Refused sends so far, by reason; malformed sends are not counted.
  std::uint64_t refused(Channel channel, Refusal::Why why) const {
    return refused_[static_cast<std::size_t>(channel)][static_cast<std::size_t>(why)];
  }
  Goodput goodput() const { return rates_.goodput(); }
  void clear();

 private:
  Refusal judge(const AcceptedSend& entry, bool may_leave_window);
  std::string next_id(const AcceptedSend& entry);

  Faults& faults_;
  Ledger& ledger_;
  SimClock clock_;
  Accepted accepted_;
  RateRules rates_;
  std::unordered_map<std::string, std::string> authors_;  // comment → who wrote it
  std::array<std::array<std::uint64_t, Refusal::kReasons>, kChannels.size()> refused_{};
  std::uint64_t next_message_ = 0;
  std::uint64_t process_tag_;  // keeps message ids of two runs distinct
};

}  // namespace aura::bench
