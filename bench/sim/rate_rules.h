// A provider's rate limits: sends per second of an account, and an interval between sends from an
// account to one contact, with a burst that borrows from the future. A refused send does not count.
// Owned by the API that uses it; the clock is an argument; one thread.
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
  // When the next send would be due at an even pace; earlier than `now`: nothing is owed.
  using Schedule = std::unordered_map<std::string, double>;
  static bool allows(const Schedule& schedule, const std::string& key, double interval,
                     double burst, double now);
  static void book(Schedule& schedule, const std::string& key, double interval, double now);

  Schedule accounts_;
  Schedule pairs_;
};

}  // namespace aura::bench
