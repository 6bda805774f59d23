// A provider's rate limits: sends per second of an account, and an interval between sends from an
// account to one contact, with a burst that borrows from the future. A refused send does not count.
// It also measures how much of its limit an account uses once it has met it.
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

// Of all accounts, from each one's first call over its limit on.
struct Goodput {
  double taken = 0;
  double allowed = 0;  // what the limit would have let through
  double share() const { return allowed > 0 ? taken / allowed : 1; }
};

class RateRules {
 public:
  enum class Verdict { taken, over_account, over_pair };
  Verdict take(const RateLimits& limits, std::string_view account, std::string_view contact,
               double now_seconds);
  Goodput goodput() const;
  void clear();

 private:
  // An account that met its limit, until the limit changes.
  struct Squeeze {
    double per_second = 0;
    double since = 0, last = 0;
    double taken = 0;
    Goodput goodput() const { return {taken, per_second * (last - since)}; }
  };
  void watch(const std::string& account, double per_second, Verdict verdict, double now);
  Verdict judge(const RateLimits& limits, const std::string& account, const std::string& pair,
                double now);

  // When the next send would be due at an even pace; earlier than `now`: nothing is owed.
  using Schedule = std::unordered_map<std::string, double>;
  static bool allows(const Schedule& schedule, const std::string& key, double interval,
                     double burst, double now);
  static void book(Schedule& schedule, const std::string& key, double interval, double now);

  Schedule accounts_;
  Schedule pairs_;
  std::unordered_map<std::string, Squeeze> squeezed_;
  Goodput past_;  // of the squeezes that are over
};

}  // namespace aura::bench
