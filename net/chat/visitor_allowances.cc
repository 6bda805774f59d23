#include "net/chat/visitor_allowances.h"

#include <algorithm>

namespace aura::net {
namespace {

constexpr int kBurst = 200;
constexpr std::chrono::milliseconds kEach{100};  // ten a second

}  // namespace

bool VisitorAllowances::take(const Id& contact) {
  const Time now = clock_.monotonic();
  const std::lock_guard lock(mutex_);
  const auto known = whole_at_.find(contact);
  const Time from = known == whole_at_.end() ? now : std::max(known->second, now);
  if (from - now > (kBurst - 1) * kEach) return false;
  whole_at_[contact] = from + kEach;
  if (whole_at_.size() > forget_at_) forget(now);
  return true;
}

void VisitorAllowances::forget(Time now) {
  constexpr std::size_t kFew = 1024;
  std::erase_if(whole_at_, [now](const auto& entry) { return entry.second <= now; });
  forget_at_ = std::max(kFew, 2 * whole_at_.size());
}

std::size_t VisitorAllowances::entries() const {
  const std::lock_guard lock(mutex_);
  return whole_at_.size();
}

}  // namespace aura::net
