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
  Lane& lane = lanes_[entry.row.conversation()];
  lane.order.insert(std::lower_bound(lane.order.begin(), lane.order.end(), sequence), sequence);
  by_message_.emplace(entry.row.message(), sequence);
  entries_.emplace(sequence, std::move(entry));
  // An older row of the conversation may turn up (read from disk): it goes first, unless the
  // newer one is on its way.
  if (lane.active == 0 || (sequence < lane.active && take_off_due(lane.active)))
    activate_oldest(lane);
}

OutboxEntry* OutboxQueue::find(std::uint64_t sequence) {
  const auto it = entries_.find(sequence);
  return it == entries_.end() ? nullptr : &it->second;
}

OutboxEntry* OutboxQueue::find_message(const std::string& message) {
  const auto it = by_message_.find(message);
  return it == by_message_.end() ? nullptr : find(it->second);
}

void OutboxQueue::activate_oldest(Lane& lane) {
  lane.active = lane.order.front();
  due_.emplace(entries_.at(lane.active).row.not_before_ms(), lane.active);
}

// False: it is not there, for it is in flight.
bool OutboxQueue::take_off_due(std::uint64_t sequence) {
  const auto waiting =
      std::find_if(due_.begin(), due_.end(), [&](const auto& d) { return d.second == sequence; });
  if (waiting == due_.end()) return false;
  due_.erase(waiting);
  return true;
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
  if (tokens_ < 1)
    at = std::max(at, tokens_at_ + static_cast<Millis>(1000 / limits_.per_second) + 1);
  if (failures_ >= limits_.breaker_failures && in_flight_ > 0) return std::nullopt;
  return std::max(at, now + 1);
}

// From flight, or from what is due.
void OutboxQueue::withdraw(const OutboxEntry& entry) {
  using Phase = OutboxEntry::Phase;
  if (entry.phase == Phase::claiming || entry.phase == Phase::sending ||
      entry.phase == Phase::recording)
    --in_flight_;
  else
    take_off_due(entry.sequence);
}

void OutboxQueue::recording(OutboxEntry& entry) { entry.phase = OutboxEntry::Phase::recording; }

void OutboxQueue::put_back(OutboxEntry& entry, OutboxEntry::Phase phase, Millis not_before) {
  withdraw(entry);
  entry.phase = phase;
  entry.row.set_not_before_ms(not_before);
  Lane& lane = lane_of(entry);
  if (lane.active == entry.sequence) activate_oldest(lane);
}

void OutboxQueue::retry(OutboxEntry& entry, Millis not_before) {
  entry.row.set_state(record::Outbox::STATE_READY);
  put_back(entry, OutboxEntry::Phase::waiting, not_before);
}

void OutboxQueue::wait_for_echo(OutboxEntry& entry, Millis until) {
  entry.row.set_maybe_duplicate(true);
  put_back(entry, OutboxEntry::Phase::ambiguous, until);
}

void OutboxQueue::finish(std::uint64_t sequence) {
  const auto it = entries_.find(sequence);
  if (it == entries_.end()) return;
  withdraw(it->second);
  const auto at = lanes_.find(it->second.row.conversation());
  by_message_.erase(it->second.row.message());
  entries_.erase(it);
  Lane& lane = at->second;
  lane.order.erase(std::find(lane.order.begin(), lane.order.end(), sequence));
  if (lane.order.empty())
    lanes_.erase(at);
  else if (lane.active == sequence)
    activate_oldest(lane);
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
