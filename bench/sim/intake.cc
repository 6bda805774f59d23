#include "bench/sim/intake.h"

#include <cstdio>

namespace aura::bench {

Intake::Intake(Faults& faults, Ledger& ledger, SimClock clock, Accepted accepted)
    : faults_(faults),
      ledger_(ledger),
      clock_(std::move(clock)),
      accepted_(std::move(accepted)),
      process_tag_(static_cast<std::uint64_t>(clock_())) {}

Refusal Intake::refuses(const AcceptedSend& entry, bool may_leave_window) {
  auto out = judge(entry, may_leave_window);
  const auto channel = static_cast<std::size_t>(entry.channel);
  if (out.why != Refusal::Why::none) ++refused_[channel][static_cast<std::size_t>(out.why)];
  return out;
}

std::string Intake::retry_after(const Refusal& refusal, Channel channel) const {
  const auto seconds = faults_.of(channel).retry_after_seconds;
  const bool limited =
      refusal.why == Refusal::Why::throttled || refusal.why == Refusal::Why::account_rate;
  if (!limited || seconds <= 0) return {};
  return "Retry-After: " + std::to_string(seconds) + "\r\n";
}

void Intake::clear() {
  rates_.clear();
  authors_.clear();
  refused_ = {};
}

Refusal Intake::judge(const AcceptedSend& entry, bool may_leave_window) {
  const auto& knobs = faults_.of(entry.channel);
  if (faults_.happens(knobs.rate_429)) return {Refusal::Why::throttled};
  if (faults_.happens(knobs.error_rate)) return {Refusal::Why::failing};
  if (const auto found = knobs.recipient_errors.find(entry.recipient);
      found != knobs.recipient_errors.end()) {
    return {Refusal::Why::recipient, found->second};
  }
  if (entry.kind != "message") return {};
  if (!may_leave_window && knobs.closed_windows.contains(entry.recipient)) {
    return {Refusal::Why::window};
  }
  const RateLimits limits{knobs.account_per_second, knobs.pair_interval_seconds, knobs.pair_burst};
  const auto now = static_cast<double>(clock_()) / 1000;
  switch (rates_.take(limits, entry.page_id, entry.recipient, now)) {
    case RateRules::Verdict::over_account:
      return {Refusal::Why::account_rate};
    case RateRules::Verdict::over_pair:
      return {Refusal::Why::pair_rate};
    case RateRules::Verdict::taken:
      break;
  }
  return {};
}

std::string Intake::next_id(const AcceptedSend& entry) {
  const auto number = ++next_message_;
  const auto tail = std::to_string(process_tag_) + "_" + std::to_string(number);
  switch (entry.channel) {
    case Channel::messenger:
      return "m_sim" + tail;
    case Channel::instagram:
      return "aWdfsim" + tail;
    case Channel::whatsapp:
      return "wamid.SIM" + tail;
    case Channel::sms:
      break;
  }
  char digits[40];
  std::snprintf(digits, sizeof digits, "%s%016llx%016llx", entry.type == "mms" ? "MM" : "SM",
                static_cast<unsigned long long>(process_tag_),
                static_cast<unsigned long long>(number));
  return digits;
}

const AcceptedSend& Intake::record(AcceptedSend entry) {
  const auto& knobs = faults_.of(entry.channel);
  const auto author = authors_.find(entry.recipient);
  entry.person = author == authors_.end() ? entry.recipient : author->second;
  entry.time_ms = clock_();
  entry.answered = !faults_.happens(knobs.drop_after_accept_rate);
  if (entry.kind == "message" || entry.kind == "reaction") entry.message_id = next_id(entry);
  const auto& kept = ledger_.append(std::move(entry));
  accepted_(kept);
  return kept;
}

}  // namespace aura::bench
