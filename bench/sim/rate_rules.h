// How often a provider takes sends: so many a second of an account, and one in so many seconds from
// an account to one contact, with a burst that borrows from the future. A refused send costs
// nothing. Owned by the API that asks; the clock is an argument; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace aura::bench {

struct RateLimits {
  double account_per_second = 0;     // 0: no limit
  double pair_interval_seconds = 0;  // 0: no limit
  int pair_burst = 45;
};

class RateRules {
 public:
  enum class Verdict { taken, over_account, over_pair };
  Verdict take(const RateLimits& limits, std::string_view account, std::string_view contact,
               double now_seconds);
  void clear();

 private:
  // When the next send would be due if all came evenly spaced; earlier than `now`: nothing owed.
  using Schedule = std::unordered_map<std::string, double>;
  static bool allows(const Schedule& schedule, const std::string& key, double interval,
                     double burst, double now);
  static void book(Schedule& schedule, const std::string& key, double interval, double now);

  Schedule accounts_;
  Schedule pairs_;
};

}  // namespace aura::bench
