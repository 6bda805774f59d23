// How many messages a web chat's visitor may write: a burst, then so many a second, however many
// sockets they open. Owned by the chat's route and its sessions. A visitor's entry ends when all of
// the burst is theirs again, so the table holds only who wrote in the last seconds. Any thread.
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

  bool take(const Id& contact);  // a refusal is not remembered
  std::size_t entries() const;

 private:
  using Time = std::chrono::steady_clock::time_point;
  void forget(Time now);

  const Clock& clock_;
  mutable std::mutex mutex_;
  std::unordered_map<Id, Time> whole_at_;  // when the whole burst is the visitor's again
  std::size_t forget_at_ = 1024;           // entries; then twice those that remain
};

}  // namespace aura::net
