#include "bench/sim/rate_rules.h"

#include <algorithm>

namespace aura::bench {
namespace {

constexpr std::size_t kMaxPairs = 1'000'000;

}  // namespace

RateRules::Verdict RateRules::take(const RateLimits& limits, std::string_view account,
                                   std::string_view contact, double now) {
  const std::string owner(account);
  const auto pair = owner + "\n" + std::string(contact);
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

void RateRules::clear() {
  accounts_.clear();
  pairs_.clear();
}

}  // namespace aura::bench
