#include "actors/connection/pair_pace.h"

#include <algorithm>

namespace aura {

void PairPace::set(Millis interval, int burst) {
  interval_ = interval;
  ahead_ = interval * std::max(0, burst - 1);
  if (interval == 0) spent_until_.clear();
}

Millis PairPace::ready_at(const std::string& conversation, Millis wanted) const {
  if (interval_ == 0) return wanted;
  const auto it = spent_until_.find(conversation);
  return it == spent_until_.end() ? wanted : std::max(wanted, it->second - ahead_);
}

void PairPace::spend(const std::string& conversation, Millis now) {
  if (interval_ == 0) return;
  if (spent_until_.size() >= sweep_at_) {  // contacts with a full allowance need no entry
    std::erase_if(spent_until_, [&](const auto& one) { return one.second <= now; });
    sweep_at_ = std::max<std::size_t>(1024, 2 * spent_until_.size());
  }
  Millis& until = spent_until_[conversation];
  until = std::max(until, now) + interval_;
}

}  // namespace aura
