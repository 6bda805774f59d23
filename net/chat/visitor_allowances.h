// Rate limit for a visitor's messages over all of their sockets (token bucket): a burst, then a
// fixed rate. Owned by the chat's route and its sessions. An entry is dropped when its bucket is
// full again, so the table holds only visitors who wrote in the last seconds. Any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <unordered_map>

#include "runtime/clock.h"
#include "runtime/ids.h"

namespace aura::net {

class VisitorAllowances {
 public:
  explicit VisitorAllowances(const Clock& clock) : clock_(clock) {}

  bool take(const Id& contact);  // a refused message does not count
  std::size_t entries() const;

 private:
  using Time = std::chrono::steady_clock::time_point;
  void forget(Time now);

  const Clock& clock_;
  mutable std::mutex mutex_;
  std::unordered_map<Id, Time> whole_at_;  // when the visitor's bucket is full again
  std::size_t forget_at_ = 1024;           // entries; then twice those that remain
};

}  // namespace aura::net
