// The rate limit of one socket's frames (token bucket): a burst, then `per_second`. Owned by the
// socket's session; its io thread. (A visitor's messages over all sockets: visitor_allowances.h.)
#pragma once

#include <chrono>

#include "runtime/clock.h"

namespace aura::net {

class Allowance {
 public:
  Allowance(const Clock& clock, double burst, double per_second);
  bool take();

 private:
  const Clock& clock_;
  const double burst_;
  const double per_second_;
  double left_;
  std::chrono::steady_clock::time_point counted_;
};

}  // namespace aura::net
