#include "actors/connection/outbox_queue.h"

#include <algorithm>

namespace aura {

OutboxQueue::OutboxQueue(Limits limits, Millis now)
    : limits_(limits), tokens_(limits.per_second), tokens_at_(now) {}

void OutboxQueue::add(OutboxEntry entry, Millis now, Millis echo_wait_ms) {
  const std::uint64_t sequence = entry.sequence;
  if (entry.row.state() == record::Outbox::STATE_CLAIMED) {
    entry.phase = OutboxEntry::Phase::ambiguous;
    entry.row.set_not_before_ms(std::max(entry.row.claimed_ms(), now - echo_wait_ms) +
                                echo_wait_ms);
    entry.row.set_maybe_duplicate(true);
  }
  auto& lane = lanes_[entry.row.conversation()];
  const auto at = std::lower_bound(lane.begin(), lane.end(), sequence);
  const bool head = at == lane.begin();
  if (head && !lane.empty()) {
    // An older row of the conversation turned up (read from disk): it goes first.
    const auto known = std::find_if(due_.begin(), due_.end(),
                                    [&](const auto& d) { return d.second == lane.front(); });
    if (known != due_.end()) due_.erase(known);
  }
  lane.insert(at, sequence);
  auto& stored = entries_.emplace(sequence, std::move(entry)).first->second;
  if (head) enlist(stored);
}

OutboxEntry* OutboxQueue::find(std::uint64_t sequence) {
  const auto it = entries_.find(sequence);
  return it == entries_.end() ? nullptr : &it->second;
}

OutboxEntry* OutboxQueue::find_message(const std::string& message) {
  for (auto& [sequence, entry] : entries_)
    if (entry.row.message() == message) return &entry;
  return nullptr;
}

void OutboxQueue::enlist(OutboxEntry& entry) {
  due_.emplace(entry.row.not_before_ms(), entry.sequence);
}

bool OutboxQueue::blocked(Millis now) const {
  if (parked_ || now < paused_until_ || in_flight_ >= limits_.in_flight) return true;
  return failures_ >= limits_.breaker_failures && in_flight_ > 0;  // one probe at a time
}

std::vector<OutboxEntry*> OutboxQueue::take(Millis now) {
  tokens_ = std::min(limits_.per_second,
                     tokens_ + static_cast<double>(now - tokens_at_) * limits_.per_second / 1000);
  tokens_at_ = now;
  std::vector<OutboxEntry*> taken;
  while (!blocked(now) && tokens_ >= 1 && !due_.empty() && due_.begin()->first <= now) {
    OutboxEntry& entry = entries_.at(due_.begin()->second);
    due_.erase(due_.begin());
    entry.phase = OutboxEntry::Phase::claiming;
    ++in_flight_;
    tokens_ -= 1;
    taken.push_back(&entry);
  }
  return taken;
}

std::optional<Millis> OutboxQueue::next_due(Millis now) const {
  if (due_.empty() || parked_ || in_flight_ >= limits_.in_flight) return std::nullopt;
  Millis at = std::max(due_.begin()->first, paused_until_);
  if (tokens_ < 1) at = std::max(at, tokens_at_ + static_cast<Millis>(1000 / limits_.per_second) + 1);
  if (failures_ >= limits_.breaker_failures && in_flight_ > 0) return std::nullopt;
  return std::max(at, now + 1);
}

void OutboxQueue::leave_flight(OutboxEntry& entry) {
  using Phase = OutboxEntry::Phase;
  if (entry.phase == Phase::claiming || entry.phase == Phase::sending ||
      entry.phase == Phase::recording)
    --in_flight_;
}

void OutboxQueue::recording(OutboxEntry& entry) { entry.phase = OutboxEntry::Phase::recording; }

void OutboxQueue::retry(OutboxEntry& entry, Millis not_before) {
  leave_flight(entry);
  entry.phase = OutboxEntry::Phase::waiting;
  entry.row.set_state(record::Outbox::STATE_READY);
  entry.row.set_not_before_ms(not_before);
  enlist(entry);
}

void OutboxQueue::wait_for_echo(OutboxEntry& entry, Millis until) {
  leave_flight(entry);
  entry.phase = OutboxEntry::Phase::ambiguous;
  entry.row.set_not_before_ms(until);
  entry.row.set_maybe_duplicate(true);
  enlist(entry);
}

void OutboxQueue::finish(std::uint64_t sequence) {
  const auto it = entries_.find(sequence);
  if (it == entries_.end()) return;
  leave_flight(it->second);
  const auto waiting = std::find_if(due_.begin(), due_.end(),
                                    [&](const auto& d) { return d.second == sequence; });
  if (waiting != due_.end()) due_.erase(waiting);
  const auto lane = lanes_.find(it->second.row.conversation());
  entries_.erase(it);
  auto& order = lane->second;
  const bool head = order.front() == sequence;
  order.erase(std::find(order.begin(), order.end(), sequence));
  if (order.empty())
    lanes_.erase(lane);
  else if (head)
    enlist(entries_.at(order.front()));
}

void OutboxQueue::pause_until(Millis until) { paused_until_ = std::max(paused_until_, until); }

void OutboxQueue::resume(Millis now) {
  parked_ = false;
  failures_ = 0;
  paused_until_ = now;
}

void OutboxQueue::provider_failed(Millis now) {
  if (++failures_ >= limits_.breaker_failures) pause_until(now + limits_.breaker_pause_ms);
}

void OutboxQueue::provider_answered() { failures_ = 0; }

}  // namespace aura
