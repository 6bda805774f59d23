#include "bench/sim/rate_rules.h"

#include <algorithm>

namespace aura::bench {
namespace {

constexpr std::size_t kMaxPairs = 1'000'000;

}  // namespace

RateRules::Verdict RateRules::take(const RateLimits& limits, std::string_view account,
                                   std::string_view contact, double now) {
  const std::string owner(account);
  const auto verdict = judge(limits, owner, owner + "\n" + std::string(contact), now);
  watch(owner, limits.account_per_second, verdict, now);
  return verdict;
}

RateRules::Verdict RateRules::judge(const RateLimits& limits, const std::string& owner,
                                    const std::string& pair, double now) {
  const bool by_account = limits.account_per_second > 0;
  const bool by_pair = limits.pair_interval_seconds > 0;
  const auto spacing = by_account ? 1 / limits.account_per_second : 0;
  if (by_account && !allows(accounts_, owner, spacing, limits.account_per_second, now)) {
    return Verdict::over_account;
  }
  if (by_pair && !allows(pairs_, pair, limits.pair_interval_seconds, limits.pair_burst, now)) {
    return Verdict::over_pair;
  }
  if (by_account) book(accounts_, owner, spacing, now);
  if (by_pair) book(pairs_, pair, limits.pair_interval_seconds, now);
  if (pairs_.size() > kMaxPairs) {
    std::erase_if(pairs_, [&](const auto& entry) { return entry.second < now; });
  }
  return Verdict::taken;
}

bool RateRules::allows(const Schedule& schedule, const std::string& key, double interval,
                       double burst, double now) {
  constexpr double kRounding = 1e-9;
  const auto found = schedule.find(key);
  if (found == schedule.end()) return true;
  return found->second - now <= (std::max(burst, 1.0) - 1) * interval + kRounding;
}

void RateRules::book(Schedule& schedule, const std::string& key, double interval, double now) {
  auto& next = schedule[key];
  next = std::max(next, now) + interval;
}

// A changed limit ends the squeeze: what the account does about it is seen at its first call.
void RateRules::watch(const std::string& account, double per_second, Verdict verdict, double now) {
  auto found = squeezed_.find(account);
  if (found != squeezed_.end()) {
    Squeeze& squeeze = found->second;
    squeeze.last = now;
    if (squeeze.per_second != per_second) {
      past_.taken += squeeze.goodput().taken;
      past_.allowed += squeeze.goodput().allowed;
      squeezed_.erase(found);
      found = squeezed_.end();
    } else if (verdict == Verdict::taken) {
      ++squeeze.taken;
    }
  }
  if (found == squeezed_.end() && verdict == Verdict::over_account)
    squeezed_.emplace(account, Squeeze{per_second, now, now, 0});
}

Goodput RateRules::goodput() const {
  Goodput sum = past_;
  for (const auto& [account, squeeze] : squeezed_) {
    sum.taken += squeeze.taken;
    sum.allowed += squeeze.goodput().allowed;
  }
  return sum;
}

void RateRules::clear() {
  accounts_.clear();
  pairs_.clear();
  squeezed_.clear();
  past_ = {};
}

}  // namespace aura::bench
