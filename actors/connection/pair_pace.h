// Rate limit per contact (WhatsApp: one message per 6 s on average, bursts of 45): keeps for each
// conversation the time up to which its allowance is spent. Pure.
#pragma once

#include <string>
#include <unordered_map>

#include "runtime/clock.h"

namespace aura {

class PairPace {
 public:
  void set(Millis interval, int burst);
  // When the next message of the conversation may be sent; not before `wanted`.
  Millis ready_at(const std::string& conversation, Millis wanted) const;
  void spend(const std::string& conversation, Millis now);
  std::size_t size() const { return spent_until_.size(); }

 private:
  Millis interval_ = 0;
  Millis ahead_ = 0;  // how far in the future the allowance may be spent
  std::unordered_map<std::string, Millis> spent_until_;
  std::size_t sweep_at_ = 1024;
};

}  // namespace aura
