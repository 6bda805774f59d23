#include "actors/connection/deliveries.h"

#include <algorithm>
#include <caf/send.hpp>
#include <chrono>
#include <utility>

#include "actors/connection/phone_app.h"
#include "actors/tree/timings.h"
#include "config/limits.h"
#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/read.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

// How long an echo of our app is held until it counts as written by another program or a person.
constexpr std::chrono::milliseconds kEchoWait{100};
constexpr int kEchoWaits = 50;
constexpr std::chrono::milliseconds kFollowAfter{100};
constexpr int kFormerOwnersTold = 4;                      // of the numbers in one event
constexpr std::chrono::milliseconds kTryAgainAfter{500};  // after a failure it did not cause

// The raw item is kept so that a later adapter version can render the message (projection.h).
void keep_raw(ChannelEvent& event, const std::string& item) {
  if (event.kind != ChannelEvent::Kind::unsupported) return;
  if (event.raw.empty()) event.raw = item;
  if (event.raw.size() > limits::kUnsupportedRaw) event.raw.clear();
}

// "Try again" would mislead: only a release helps a conversation that does not run.
std::string why_it_failed(const Error& failure) {
  if (failure.code != Errc::restarting) return failure.detail;
  return "The conversation does not run: it is quarantined, or it fails each time. Release its "
         "actor, then retry.";
}

}  // namespace

Deliveries::Deliveries(ConnectionShell& shell, Services& services, const Account& account,
                       const OwnEchoes& echoes)
    : shell_(shell),
      services_(services),
      account_(account),
      echoes_(echoes),
      owners_(services, account),
      ended_(timings::workspace_events(format_id(IdType::workspace, account.workspace))) {}

void Deliveries::clear() {
  deliveries_.clear();
  held_.clear();
  held_count_ = 0;
  waiting_.clear();
  owners_.clear();
  address_book_.clear();
}

void Deliveries::deliver(RawEvent raw) {
  const std::uint64_t sequence = raw.sequence;
  // The ingress reads events again after an actor restart: the event may be in work or have ended.
  if (deliveries_.contains(sequence)) return raw.settled.ok({});
  if (raw.from_disk && has_ended(sequence)) {
    if (raw.uncounted) services_.ledger.finished(EventEnd::processed, raw.bytes);
    return raw.settled.ok({});
  }
  Normalised normalised;
  if (account_.adapter != nullptr && !account_.deleted)
    normalised = account_.adapter->normalise_for(account_.row, raw.payload);
  else
    normalised.not_understood = "channel_deleted";
  if (normalised.phone_app && !account_.row.phone_app())
    shell_.tell_workspace(phone_app_notice(account_.channel, services_.clock.now_ms()));
  Delivery& delivery = deliveries_[sequence];
  delivery.raw = std::move(raw);
  delivery.since = services_.clock.monotonic();
  if (!std::exchange(watching_held_, true)) shell_.remind(limits::kEventHeld, TickHeld{});
  if (normalised.events.empty() && !normalised.not_understood.empty())
    return bury(sequence, "not_understood", normalised.not_understood);
  if (normalised.events.empty()) return erase_journal_row(sequence, EventEnd::ignored);
  delivery.events = std::move(normalised.events);
  add_names(delivery.events);
  delivery.raw_hash = short_hash(delivery.raw.payload);
  const std::uint64_t arrival = arrival_of(delivery.raw_hash);
  delivery.left = std::move(normalised.not_understood);
  bool receipt = false;
  for (ChannelEvent& event : delivery.events) {
    event.raw_hash = delivery.raw_hash;
    event.journal_sequence = sequence;
    event.received = delivery.raw.received;
    event.failed_tries = delivery.raw.failed_tries;
    event.arrival = arrival;
    keep_raw(event, delivery.raw.payload);
    receipt = echoes_.take_receipt(event, shell_.pace_now()) || receipt;
    pause_for(event);
    if (event.kind == ChannelEvent::Kind::status && event.status == api::MESSAGE_STATUS_FAILED)
      shell_.note_refused({event.error_code, event.provider_code, {}, 0});
  }
  if (receipt) shell_.pump();
  filtered_share_.watch(delivery.events, services_.clock.now_ms());
  if (echoes_.must_wait(delivery.events)) return waiting_echoes_.push_back(sequence);
  begin(delivery);
}

// A change of ids that joins two conversations looks at their rows: the events before it are
// applied first. Those that are held up (a paused conversation) are not waited for.
bool Deliveries::must_follow(const Delivery& delivery) const {
  const bool joins = std::ranges::any_of(
      delivery.events, [&](const ChannelEvent& event) { return owners_.joins(event); });
  if (!joins || services_.clock.monotonic() - delivery.since >= limits::kEventHeld) return false;
  return std::ranges::any_of(
      deliveries_, [&](const auto& other) { return other.first < delivery.raw.sequence; });
}

void Deliveries::begin(Delivery& delivery) {
  if (!must_follow(delivery)) return send_events(delivery);
  shell_.remind(kFollowAfter, TickRetry{delivery.raw.sequence});
}

// A name of somebody who has not written yet waits for their first message.
void Deliveries::add_names(std::vector<ChannelEvent>& events) {
  const Millis now = services_.clock.now_ms();
  const std::size_t told = events.size();
  for (std::size_t i = 0; i < told; ++i) {
    if (events[i].name_in_book && !owners_.has_contact(events[i]))
      address_book_.note(events[i], now);
    else if (auto name = address_book_.take(events[i], now))
      events.push_back(std::move(*name));
  }
}

// The provider may repeat an item whose first delivery waits for its next try: whichever is applied
// first, its messages keep the place of the first.
std::uint64_t Deliveries::arrival_of(std::uint64_t raw_hash) const {
  std::uint64_t first = UINT64_MAX;
  for (const auto& [sequence, delivery] : deliveries_)
    if (delivery.raw_hash == raw_hash) first = std::min(first, sequence);
  return first;
}

// A rate limit reported by a status holds like one that a call met.
void Deliveries::pause_for(const ChannelEvent& event) const {
  const Millis until = event.account ? event.account->paused_until : 0;
  const Millis wait = until - services_.clock.now_ms();
  if (wait > 0) shell_.pause_sending(wait, event.account->detail);
}

// Events whose conversation does not accept commands (paused by an operator, or in backoff) give
// their permits back after kEventHeld, so that other events are not blocked.
void Deliveries::free_held() {
  watching_held_ = !deliveries_.empty();
  if (watching_held_) shell_.remind(limits::kEventHeld, TickHeld{});
  const auto before = services_.clock.monotonic() - limits::kEventHeld;
  for (auto& [sequence, delivery] : deliveries_)
    if (delivery.since <= before) hold(delivery);
}

void Deliveries::hold(Delivery& delivery) {
  delivery.raw.permits = {};
  if (std::exchange(delivery.held, true)) return;
  ++held_[delivery.conversation];
  ++held_count_;
}

// The reminder of one that waits for its conversation is that of all who wait for it.
void Deliveries::try_again(std::uint64_t sequence) {
  const auto it = deliveries_.find(sequence);
  if (it == deliveries_.end()) return;
  const auto waiting = waiting_.find(it->second.conversation);
  if (waiting == waiting_.end() || !waiting->second.contains(sequence)) return begin(it->second);
  const auto together = waiting_.extract(waiting);
  for (const std::uint64_t one : together.mapped()) begin(deliveries_.at(one));
}

// Tries the event again soon, with the later ones of its conversation behind it.
void Deliveries::wait_for_conversation(const Delivery& delivery) {
  auto& waiting = waiting_[delivery.conversation];
  waiting.insert(delivery.raw.sequence);
  if (waiting.size() == 1) shell_.remind(kTryAgainAfter, TickRetry{delivery.raw.sequence});
}

bool Deliveries::must_wait(const Id& conversation, std::uint64_t sequence) const {
  const auto waiting = waiting_.find(conversation);
  return waiting != waiting_.end() && *waiting->second.begin() < sequence;
}

void Deliveries::send_waiting_echoes() {
  for (const auto sequence : std::exchange(waiting_echoes_, {})) try_again(sequence);
}

// The commit that applies its one event ends the item too.
bool Deliveries::ends_alone(const Delivery& delivery) {
  return delivery.events.size() == 1 && delivery.left.empty();
}

bool Deliveries::waits_for_our_send(Delivery& delivery) {
  if (delivery.echo_waits >= kEchoWaits) return false;
  if (std::none_of(delivery.events.begin(), delivery.events.end(),
                   [&](ChannelEvent& event) { return echoes_.may_become_ours(event); }))
    return false;
  ++delivery.echo_waits;
  shell_.remind(kEchoWait, TickRetry{delivery.raw.sequence});
  return true;
}

void Deliveries::send_events(Delivery& delivery) {
  if (waits_for_our_send(delivery)) return;
  delivery.next = 0;
  delivery.open = 0;
  delivery.told = 0;
  delivery.failure.reset();
  ++delivery.tries;
  send_more(delivery);
}

// Bounds the events in flight of an item with thousands of events (a history import).
void Deliveries::send_more(Delivery& delivery) {
  const bool alone = ends_alone(delivery);
  while (!delivery.telling && delivery.open < limits::kWorkspaceInFlight &&
         delivery.next < delivery.events.size()) {
    ChannelEvent& event = delivery.events[delivery.next];
    const auto not_theirs = owners_.numbers_of_others(event);
    if (tell_former_owner(not_theirs, delivery)) return;
    delivery.told = 0;
    ++delivery.next;
    ++delivery.open;
    if (const auto named = echoes_.name(event, delivery.echo_waits >= kEchoWaits))
      send_event(not_theirs.empty() ? event : without(event, not_theirs), delivery, alone);
    else
      not_sent(delivery.raw.sequence, named.error());
  }
}

OnceReply<EventApplied> Deliveries::ended(std::uint64_t sequence) const {
  return OnceReply<EventApplied>([to = shell_.self(), sequence](Result<EventApplied> result) {
    caf::anon_send(to, EventEnded{sequence, std::move(result)});
  });
}

// A number that has passed to the event's person is first taken from whoever had it, once all
// earlier events are applied; the event follows. If the former owner cannot be told, it keeps the
// number until the next event. Returns whether the event has to wait.
bool Deliveries::tell_former_owner(const std::vector<EventOwners::OthersNumber>& numbers,
                                   Delivery& delivery) {
  const auto taken = std::ranges::find(numbers, true, &EventOwners::OthersNumber::taken);
  if (taken == numbers.end() || delivery.told >= kFormerOwnersTold) return false;
  if (delivery.open > 0) return true;
  ++delivery.told;
  ++delivery.open;
  delivery.telling = true;
  shell_.tell_conversation(taken->owner,
                           ApplyEvent{number_lost(delivery.events[delivery.next], taken->number),
                                      account_.row.type(), false, ended(delivery.raw.sequence)});
  return true;
}

// To its conversation; an account event to the workspace, which owns the channel's row.
void Deliveries::send_event(const ChannelEvent& event, Delivery& delivery, bool alone) {
  const std::uint64_t sequence = delivery.raw.sequence;
  auto reply = ended(sequence);
  if (event.kind == ChannelEvent::Kind::account) {
    const auto journal_sequence = alone ? std::optional(sequence) : std::nullopt;
    NoteAccount note{account_.channel, event, journal_sequence, std::move(reply)};
    if (!note.event.account) note.event.account = AccountNotice{"other"};
    return shell_.tell_workspace(std::move(note));
  }
  EventOwners::Owner owner = owners_.of(event);
  if (owner.conversation.empty())  // its message may be stored by the next try
    return not_sent(sequence, {Errc::not_found, "It names no person, and no message we know.", {}});
  ApplyEvent apply{event, account_.row.type(), alone, std::move(reply)};
  apply.event.person = std::move(owner.person);
  if (!delivery.held) {
    delivery.conversation = owner.conversation;
    // Further events of such a conversation would take all places, kEventHeld after kEventHeld.
    if (held_.contains(owner.conversation) && held_count_ < limits::kHeldForPaused) hold(delivery);
  }
  if (must_wait(owner.conversation, sequence))
    return apply.reply.error(Errc::unavailable, "An older event of its conversation waits.");
  shell_.tell_conversation(owner.conversation, std::move(apply));
}

// The event is not to blame for a failing disk.
void Deliveries::not_sent(std::uint64_t sequence, Error why) {
  if (why.code == Errc::io) why.code = Errc::unavailable;
  caf::anon_send(shell_.self(), EventEnded{sequence, tl::unexpected(std::move(why))});
}

void Deliveries::on_event_ended(EventEnded& ended) {
  const auto it = deliveries_.find(ended.sequence);
  if (it == deliveries_.end()) return;
  Delivery& delivery = it->second;
  if (!std::exchange(delivery.telling, false)) {  // else the event goes on, told or not
    if (!ended.result)
      delivery.failure = ended.result.error();
    else if (ended.result->end == EventEnd::processed)
      delivery.end = EventEnd::processed;
  }
  --delivery.open;
  send_more(delivery);
  if (delivery.open == 0) finish_delivery(ended.sequence);
}

void Deliveries::finish_delivery(std::uint64_t sequence) {
  Delivery& delivery = deliveries_.at(sequence);
  if (!delivery.failure) {
    // In a replay the applied events are duplicates; only the part not understood can be new.
    if (!delivery.left.empty()) return bury(sequence, "not_understood", delivery.left);
    if (ends_alone(delivery)) return settle(sequence, delivery.end);
    return erase_journal_row(sequence, delivery.end);
  }
  // Failures the event did not cause do not count as tries: a full or closing store, or an actor
  // that crashed on another event.
  const Errc code = delivery.failure->code;
  const bool bystander = code == Errc::restarting && ++delivery.restarts <= limits::kEventRestarts;
  const bool blameless = code == Errc::overloaded || code == Errc::unavailable || bystander;
  if (blameless) {
    --delivery.tries;
    return wait_for_conversation(delivery);
  }
  if (delivery.tries >= limits::kEventAttempts)
    return bury(sequence, "poison", why_it_failed(*delivery.failure));
  shell_.remind(std::chrono::milliseconds(150 << (2 * delivery.tries)), TickRetry{sequence});
}

void Deliveries::erase_journal_row(std::uint64_t sequence, EventEnd end) {
  storage::Commit commit;
  commit.workspace = account_.workspace;
  commit.erase(Family::journal, keys::journal(account_.workspace, sequence));
  end_with(std::move(commit), sequence, end);
}

bool Deliveries::has_ended(std::uint64_t sequence) const {
  const auto row =
      services_.reader.get(Family::journal, keys::journal(account_.workspace, sequence));
  return row && !*row;
}

void Deliveries::settle(std::uint64_t sequence, EventEnd end) {
  const auto it = deliveries_.find(sequence);
  if (it == deliveries_.end()) return;
  services_.ledger.finished(end, it->second.raw.bytes);
  shell_.note_step("event", to_string(end), 0);
  ended_.add();
  it->second.raw.settled.ok({});
  drop(sequence);
}

// Drops the event from memory. If it was not settled, the ingress reads it from the journal again.
void Deliveries::drop(std::uint64_t sequence) {
  const auto it = deliveries_.find(sequence);
  if (it == deliveries_.end()) return;
  if (it->second.held) {
    const auto held = held_.find(it->second.conversation);
    if (--held->second == 0) held_.erase(held);
    --held_count_;
  }
  deliveries_.erase(it);
}

void Deliveries::end_with(storage::Commit commit, std::uint64_t sequence, EventEnd end) {
  shell_.commit(std::move(commit), [this, sequence, end](const storage::CommitResult& result) {
    result.code == Errc::ok ? settle(sequence, end) : drop(sequence);
  });
}

// A dead letter holds the sealed raw item and the reason; an operator may retry it. The commit
// erases the item from the journal, so it is not made while the item cannot be read.
void Deliveries::bury(std::uint64_t sequence, const std::string& reason,
                      const std::string& detail) {
  const Millis now = services_.clock.now_ms();
  const std::string at = keys::journal(account_.workspace, sequence);
  auto stored = storage::read<record::Journal>(services_.reader, Family::journal, at);
  const bool damaged = !stored && stored.error().code == Errc::corrupt;
  if (!stored && !damaged) {
    log::warn("event_not_buried", {{"path", account_.path}, {"reason", stored.error().detail}});
    return drop(sequence);
  }
  if (stored && !*stored) return settle(sequence, EventEnd::processed);  // it has ended meanwhile
  record::DeadLetter letter;
  const int before = stored ? (*stored)->tries() : 0;
  if (stored) *letter.mutable_event() = std::move(**stored);
  letter.set_reason(damaged ? "unreadable" : reason);
  letter.set_detail(detail);
  letter.set_tries(before + std::max(deliveries_.at(sequence).tries, 1));
  letter.set_failed_ms(now);
  storage::Commit commit;
  commit.workspace = account_.workspace;
  commit.put(Family::dead_letter, keys::dead_letter(account_.workspace, new_id(now)),
             letter.SerializeAsString());
  commit.erase(Family::journal, at);
  log::warn("dead_letter", {{"path", account_.path}, {"reason", reason}, {"detail", detail}});
  end_with(std::move(commit), sequence, EventEnd::dead);
}

}  // namespace aura
