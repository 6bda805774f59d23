#include "net/chat/allowance.h"

#include <algorithm>

namespace aura::net {

Allowance::Allowance(const Clock& clock, double burst, double per_second)
    : clock_(clock),
      burst_(burst),
      per_second_(per_second),
      left_(burst),
      counted_(clock.monotonic()) {}

bool Allowance::take() {
  const auto now = clock_.monotonic();
  const double seconds = std::chrono::duration<double>(now - counted_).count();
  counted_ = now;
  left_ = std::min(burst_, left_ + seconds * per_second_);
  if (left_ < 1) return false;
  left_ -= 1;
  return true;
}

}  // namespace aura::net
