#include "actors/connection/outbox_queue.h"

#include <algorithm>
#include <utility>

#include "runtime/in_ms.h"

namespace aura {
namespace {

const std::string kAccount;  // the one key of the paces that all conversations share

}  // namespace

OutboxQueue::OutboxQueue(Limits limits, Millis now)
    : limits_(limits), rate_(limits.sends.per_second, now) {
  pace_.set(limits.sends.pair_interval, limits.sends.pair_burst);
}

void OutboxQueue::adopt(const SendLimits& sends, bool bursts) {
  limits_.sends = sends;
  rate_.set_limit(sends.per_second, bursts);
  pace_.set(sends.pair_interval, sends.pair_burst);
  media_pace_.set(sends.media_interval, sends.media_burst);
  private_reply_pace_.set(sends.private_reply_interval, sends.private_reply_burst);
}

std::size_t OutboxQueue::class_of(const OutboxEntry& entry) {
  if (entry.row.priority() == api::PRIORITY_INTERACTIVE)
    return entry.row.written_by_person() ? 0 : 1;
  return std::min<std::size_t>(static_cast<std::size_t>(entry.row.priority()) + 1, kClasses - 1);
}

OutboxQueue::Place OutboxQueue::place_of(const OutboxEntry& entry) {
  return {entry.row.priority(), entry.sequence};
}

void OutboxQueue::add(OutboxEntry entry, Millis now, Millis echo_wait_ms) {
  const std::uint64_t sequence = entry.sequence;
  // The row's times may come from a clock that was ahead and has been set back since.
  entry.row.set_created_ms(std::min(entry.row.created_ms(), now));
  entry.row.set_not_before_ms(
      std::min(entry.row.not_before_ms(), now + in_ms(limits::kSendBackoffMax)));
  using Phase = OutboxEntry::Phase;
  using Doubt = OutboxEntry::Doubt;
  const bool flagged = entry.row.maybe_duplicate();
  if (flagged) entry.doubt = Doubt::once;
  if (entry.phase == Phase::waiting && entry.row.state() == record::Outbox::STATE_CLAIMED) {
    entry.phase = Phase::ambiguous;
    entry.doubt = flagged ? Doubt::resent : Doubt::once;
    entry.row.set_not_before_ms(std::clamp(entry.row.claimed_ms(), now - echo_wait_ms, now) +
                                echo_wait_ms);
    entry.row.set_maybe_duplicate(true);
  }
  const Place place = place_of(entry);
  Lane& lane = lanes_[entry.row.conversation()];
  lane.order.insert(place);
  if (!entry.row.reaction()) by_message_.emplace(entry.row.message(), sequence);
  entries_.emplace(sequence, std::move(entry));
  // An entry ahead of the active one (more urgent, or older and just read from disk) replaces it,
  // unless the active one is in flight.
  if (lane.active == 0) return activate_first(lane);
  const OutboxEntry& active = entries_.at(lane.active);
  if (place < place_of(active) && take_off_due(active)) activate_first(lane);
}

OutboxEntry* OutboxQueue::find(std::uint64_t sequence) {
  const auto it = entries_.find(sequence);
  return it == entries_.end() ? nullptr : &it->second;
}

OutboxEntry* OutboxQueue::find_message(const std::string& message) {
  const auto it = by_message_.find(message);
  return it == by_message_.end() ? nullptr : find(it->second);
}

std::vector<OutboxEntry*> OutboxQueue::of_conversation(const std::string& conversation) {
  std::vector<OutboxEntry*> entries;
  const auto lane = lanes_.find(conversation);
  if (lane == lanes_.end()) return entries;
  for (const Place& place : lane->second.order) entries.push_back(&entries_.at(place.second));
  return entries;
}

void OutboxQueue::activate_first(Lane& lane) {
  lane.active = lane.order.begin()->second;
  OutboxEntry& entry = entries_.at(lane.active);
  entry.due_at = pace_.ready_at(entry.row.conversation(), entry.row.not_before_ms());
  due_[class_of(entry)].emplace(entry.due_at, entry.sequence);
}

// False: the entry is not in `due_`, because it is in flight or behind another entry.
bool OutboxQueue::take_off_due(const OutboxEntry& entry) {
  return due_[class_of(entry)].erase({entry.due_at, entry.sequence}) > 0;
}

// No call may start until a call in flight has ended or the account is reconnected.
bool OutboxQueue::held_back() const {
  const bool one_at_a_time = failures_ >= limits_.breaker_failures || rate_.probing();
  return parked_ || in_flight_ >= limits_.sends.in_flight || (one_at_a_time && in_flight_ > 0);
}

// The first entry that is due and whose class may send.
OutboxEntry* OutboxQueue::next(Millis now) {
  for (std::size_t i = 0; i < kClasses; ++i)
    if (!due_[i].empty() && due_[i].begin()->first <= now && now >= class_opens(i, now))
      return &entries_.at(due_[i].begin()->second);
  return nullptr;
}

// When entries of the class may be sent, apart from their own due times.
Millis OutboxQueue::class_opens(std::size_t of, Millis now) const {
  Millis opens = of > 0 && rate_.people_only(now) ? rate_.usage_ends() : 0;
  if (of == kClasses - 1) opens = std::max(opens, marketing_at_);
  return opens;
}

PairPace* OutboxQueue::pace_of_kind(const OutboxEntry& entry) {
  switch (static_cast<SendKind>(entry.row.kind())) {
    case SendKind::media:
      return &media_pace_;
    case SendKind::private_reply:
      return &private_reply_pace_;
    default:
      return nullptr;
  }
}

// True: the account may send no message of this kind now. Others go first: it is due later.
bool OutboxQueue::waits_for_its_kind(OutboxEntry& entry, Millis now) {
  const PairPace* pace = pace_of_kind(entry);
  const Millis ready = pace == nullptr ? now : pace->ready_at(kAccount, now);
  if (ready <= now) return false;
  take_off_due(entry);
  entry.due_at = ready;
  due_[class_of(entry)].emplace(ready, entry.sequence);
  return true;
}

std::vector<OutboxEntry*> OutboxQueue::take(Millis now) {
  std::vector<OutboxEntry*> taken;
  while (!held_back() && !rate_.paused(now) && rate_.ready(now)) {
    OutboxEntry* entry = next(now);
    if (entry == nullptr) break;
    if (waits_for_its_kind(*entry, now)) continue;
    using Phase = OutboxEntry::Phase;
    enter(*entry, entry->phase == Phase::newborn ? Phase::claimed : Phase::claiming);
    one_more_part(*entry, now);
    taken.push_back(entry);
  }
  return taken;
}

void OutboxQueue::one_more_part(const OutboxEntry& entry, Millis now) {
  rate_.spend(now);
  pace_.spend(entry.row.conversation(), now);
  if (PairPace* pace = pace_of_kind(entry)) pace->spend(kAccount, now);
}

// The earliest time at which any entry may be sent, before rate and in-flight limits.
std::optional<Millis> OutboxQueue::first_due(Millis now) const {
  std::optional<Millis> first;
  for (std::size_t i = 0; i < kClasses; ++i) {
    if (due_[i].empty()) continue;
    const Millis at = std::max(due_[i].begin()->first, class_opens(i, now));
    first = std::min(first.value_or(at), at);
  }
  return first;
}

std::optional<Millis> OutboxQueue::next_due(Millis now) const {
  const auto first = first_due(now);
  if (!first || held_back()) return std::nullopt;
  return std::max({*first, rate_.ready_at(now), now + 1});
}

void OutboxQueue::leave_phase(const OutboxEntry& entry) {
  if (entry.waits()) take_off_due(entry);
  if (OutboxEntry::in_flight(entry.phase)) --in_flight_;
}

void OutboxQueue::enter(OutboxEntry& entry, OutboxEntry::Phase phase) {
  leave_phase(entry);
  if (OutboxEntry::in_flight(phase)) ++in_flight_;
  entry.phase = phase;
  if (!entry.awaited.empty()) awaited_.erase(std::exchange(entry.awaited, {}));
}

void OutboxQueue::calling(OutboxEntry& entry) { enter(entry, OutboxEntry::Phase::calling); }

void OutboxQueue::asking(OutboxEntry& entry) { enter(entry, OutboxEntry::Phase::asking); }

void OutboxQueue::recording(OutboxEntry& entry) {
  using Phase = OutboxEntry::Phase;
  if (entry.phase != Phase::recording_aside) enter(entry, Phase::recording);
}

void OutboxQueue::set_aside(OutboxEntry& entry) {
  enter(entry, OutboxEntry::Phase::recording_aside);
}

void OutboxQueue::put_claim_back(OutboxEntry& entry) {
  entry.phase = OutboxEntry::Phase::waiting;  // its place in the lane and in due_ is unchanged
}

void OutboxQueue::put_back(OutboxEntry& entry, OutboxEntry::Phase phase, Millis not_before) {
  enter(entry, phase);
  entry.row.set_not_before_ms(not_before);
  Lane& lane = lane_of(entry);
  if (lane.active == entry.sequence) activate_first(lane);
}

void OutboxQueue::retry(OutboxEntry& entry, Millis not_before) {
  entry.row.set_state(record::Outbox::STATE_READY);
  put_back(entry, OutboxEntry::Phase::waiting, not_before);
}

void OutboxQueue::wait_for_echo(OutboxEntry& entry, Millis until) {
  entry.row.set_maybe_duplicate(true);
  put_back(entry, OutboxEntry::Phase::ambiguous, until);
}

void OutboxQueue::wait_for_receipt(OutboxEntry& entry, const std::string& part, Millis until) {
  retry(entry, until);
  entry.awaited = part;
  awaited_[part] = entry.sequence;
}

bool OutboxQueue::has_receipt(const std::string& part, Millis now) {
  const auto awaited = awaited_.find(part);
  if (awaited == awaited_.end()) return false;
  retry(entries_.at(awaited->second), now);
  return true;
}

void OutboxQueue::finish(std::uint64_t sequence) {
  const auto it = entries_.find(sequence);
  if (it == entries_.end()) return;
  const OutboxEntry& entry = it->second;
  leave_phase(entry);
  const auto at = lanes_.find(entry.row.conversation());
  Lane& lane = at->second;
  lane.order.erase(place_of(entry));
  awaited_.erase(entry.awaited);
  if (!entry.row.reaction()) by_message_.erase(entry.row.message());
  entries_.erase(it);
  if (lane.order.empty())
    lanes_.erase(at);
  else if (lane.active == sequence)
    activate_first(lane);
}

void OutboxQueue::resume(Millis now) {
  parked_ = false;
  failures_ = 0;
  rate_.resume(now);
}

void OutboxQueue::provider_failed(Millis now) {
  if (++failures_ >= limits_.breaker_failures) rate_.pause_until(now + limits_.breaker_pause_ms);
}

void OutboxQueue::provider_answered() { failures_ = 0; }

}  // namespace aura
