// Inbound: from the raw item to its end. The journal row is erased by the conversation's own commit
// (one event an item, the usual case) or by ours when all of an item's events are applied.
#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "actors/connection/connection_actor.h"
#include "actors/conversation/message_owner.h"
#include "actors/conversation/rows.h"
#include "config/limits.h"
#include "runtime/log.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

void ConnectionActor::handle(DeliverEvents& command) {
  heard_at_ = now();
  for (RawEvent& raw : command.events) deliver(std::move(raw));
}

void ConnectionActor::deliver(RawEvent raw) {
  const std::uint64_t sequence = raw.sequence;
  // Read again after some actor on the way was restarted: it may be here, or have ended.
  if (deliveries_.contains(sequence)) return raw.settled.ok({});
  if (raw.from_disk && has_ended(sequence)) {
    if (raw.uncounted) services_.ledger.finished(EventEnd::processed, raw.bytes);
    return raw.settled.ok({});
  }
  Normalised normalised;
  if (adapter_ != nullptr && !deleted_)
    normalised = adapter_->normalise_for(channel_, raw.payload);
  else
    normalised.not_understood = "channel_deleted";
  Delivery& delivery = deliveries_[sequence];
  delivery.raw = std::move(raw);
  delivery.since = services_.clock.monotonic();
  if (!std::exchange(watching_held_, true)) delayed_send(this, limits::kEventHeld, TickHeld{});
  if (!normalised.not_understood.empty())
    return bury(sequence, "not_understood", normalised.not_understood);
  if (normalised.events.empty()) return erase_journal_row(sequence, EventEnd::ignored);
  delivery.events = std::move(normalised.events);
  const std::uint64_t raw_hash = short_hash(delivery.raw.payload);
  for (ChannelEvent& event : delivery.events) {
    event.raw_hash = raw_hash;
    keep_raw(event, delivery.raw.payload);
  }
  watch_filtering(delivery.events);
  if (must_wait_for_outbox(delivery)) return waiting_echoes_.push_back(sequence);
  send_events(delivery);
}

// One message filtered as spam is normal; the owner is told when their share is high.
void ConnectionActor::watch_filtering(std::vector<ChannelEvent>& events) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    const ChannelEvent& event = events[i];
    const bool failed = event.status == api::MESSAGE_STATUS_FAILED;
    const bool ended = failed || event.status == api::MESSAGE_STATUS_DELIVERED;
    if (event.kind != ChannelEvent::Kind::status || !ended) continue;
    const auto alert = filtered_share_.ended(failed && event.error_code == kFiltered, now());
    if (!alert) continue;
    ChannelEvent notice;
    notice.kind = ChannelEvent::Kind::account;
    notice.external_id = std::string(kFiltered) + ":" + event.external_id;
    notice.thread = event.thread;
    notice.at = event.at;
    notice.account =
        AccountNotice{"filtered", kFiltered, event.provider_code,
                      "Of the last " + std::to_string(alert->ended) + " messages carriers took " +
                          std::to_string(alert->filtered) + " for spam. " + event.error_detail,
                      false};
    events.push_back(std::move(notice));
  }
}

// An event whose conversation takes nothing (an operator paused it, it backs off) must not take the
// room of everybody else's. How many can wait so is bounded by what is held for a paused actor.
void ConnectionActor::free_held() {
  watching_held_ = !deliveries_.empty();
  if (watching_held_) delayed_send(this, limits::kEventHeld, TickHeld{});
  const auto before = services_.clock.monotonic() - limits::kEventHeld;
  for (auto& [sequence, delivery] : deliveries_)
    if (delivery.since <= before) delivery.raw.permits = {};
}

void ConnectionActor::send_events(Delivery& delivery) {
  delivery.next = 0;
  delivery.open = 0;
  delivery.failure.reset();
  ++delivery.tries;
  send_more(delivery);
}

// An item of thousands of events (a history import) takes no more room than others do.
void ConnectionActor::send_more(Delivery& delivery) {
  const bool alone = delivery.events.size() == 1;
  while (delivery.open < limits::kWorkspaceInFlight && delivery.next < delivery.events.size()) {
    ChannelEvent& event = delivery.events[delivery.next++];
    ++delivery.open;
    name_own_echo(event);
    send_event(event, delivery.raw.sequence, alone);
  }
}

// To its conversation, or (about the account itself) to the workspace that keeps the channel's row.
void ConnectionActor::send_event(const ChannelEvent& event, std::uint64_t sequence, bool alone) {
  OnceReply<EventApplied> reply([to = self(), sequence](Result<EventApplied> result) {
    caf::anon_send(to, EventEnded{sequence, std::move(result)});
  });
  std::optional<std::uint64_t> journal_sequence;
  if (alone) journal_sequence = sequence;
  if (event.kind == ChannelEvent::Kind::account) {
    NoteAccount note{what_.channel, event, journal_sequence, std::move(reply)};
    if (!note.event.account) note.event.account = AccountNotice{"other"};
    return send(what_.parent, ToWorkspace{what_.workspace, std::move(note)});
  }
  Owner owner = owner_of(event);
  ApplyEvent apply{event, channel_.type(), journal_sequence, std::move(reply)};
  apply.event.person = std::move(owner.person);
  send(what_.parent,
       ToConversation{what_.workspace, owner.conversation, what_.channel, std::move(apply)});
}

// The row of an id. With `user_id` (its keyed hash) the id is a number that came with it: one that
// came with another user id last has a new owner and leads nowhere.
std::optional<record::IdentityLink> ConnectionActor::link_of(const std::string& place,
                                                             const std::string& user_id) const {
  const auto recent = owners_.find(place);
  if (recent && user_id.empty()) return recent;
  const auto row = services_.reader.get(Family::identity, place);
  if (!row) throw std::runtime_error(row.error().detail);
  record::IdentityLink link;
  if (!*row || !link.ParseFromString(**row)) return recent;
  const bool new_owner =
      !user_id.empty() && !link.seen_with().empty() && link.seen_with() != user_id;
  if (new_owner) return std::nullopt;
  return link;
}

// Of an event about a message, by that message.
std::optional<Id> ConnectionActor::owner_by_message(const ChannelEvent& event) const {
  if (event.target_id.empty()) return std::nullopt;
  if (const auto id = parse_id(IdType::message, event.metadata))
    return conversation::owner_of_message(services_.reader, what_.workspace, *id);
  const auto known = conversation::load_external(services_.reader, services_.vault, what_.workspace,
                                                 what_.channel, event.target_id);
  if (!known) throw std::runtime_error("external id: " + known.error().detail);
  if (!*known) return std::nullopt;
  return Id::from_view((*known)->conversation());
}

// The conversation that has one of the ids by which the event names its contact; else the one that
// the first of them makes. A number leads to who gave it up only for what is older than that.
ConnectionActor::Owner ConnectionActor::owner_of(const ChannelEvent& event) {
  const bool renamed = event.kind == ChannelEvent::Kind::identity && !event.target_id.empty();
  const std::string& named = renamed ? event.target_id : event.thread;
  if (!conversation::has_aliases(channel_.type()))
    return {conversation::conversation_id(what_.channel, named), {}};
  const auto key = services_.vault.workspace_key(what_.workspace);
  if (!key) throw std::runtime_error("workspace key: " + key.error().detail);
  const std::string user_id = renamed ? std::string() : conversation::user_id_of(event);
  std::vector<std::string> places;
  std::optional<Id> found;
  std::string person;
  for (const auto& name : conversation::names_of(event)) {
    const auto place = conversation::identity_key(**key, what_.workspace, what_.channel, name);
    const bool may_change_hands = !found && !user_id.empty() && name != user_id;
    const auto link = link_of(place, may_change_hands ? (*key)->mac(user_id) : std::string());
    const bool ended = link && link->ended_ms() != 0;
    if (ended && !renamed && event.at > link->ended_ms()) {
      if (name == named) person = conversation::later_owner(name, link->ended_ms());
      continue;
    }
    if (!ended || (renamed && event.at > link->ended_ms())) places.push_back(place);
    if (link && !found) found = Id::from_view(link->conversation());
  }
  if (!found && !person.empty()) found = owner_by_message(event);
  if (found) person.clear();
  const Id owner =
      found.value_or(conversation::conversation_id(what_.channel, person.empty() ? named : person));
  remember_owner(event, owner, renamed, places, **key);
  return {owner, person};
}

// Their rows may not be on disk yet when the next event comes.
void ConnectionActor::remember_owner(const ChannelEvent& event, const Id& owner, bool renamed,
                                     const std::vector<std::string>& places,
                                     const storage::DataKey& key) {
  record::IdentityLink link;
  link.set_conversation(std::string(owner.view()));
  for (const auto& place : places) owners_.put(place, link);
  if (!renamed || !conversation::is_number(event.target_id)) return;
  link.set_ended_ms(event.at);
  const auto target =
      conversation::identity_key(key, what_.workspace, what_.channel, event.target_id);
  if (std::find(places.begin(), places.end(), target) != places.end()) owners_.put(target, link);
}

void ConnectionActor::on_event_ended(EventEnded& ended) {
  const auto it = deliveries_.find(ended.sequence);
  if (it == deliveries_.end()) return;
  Delivery& delivery = it->second;
  if (ended.result) {
    if (ended.result->end == EventEnd::processed) delivery.end = EventEnd::processed;
  } else {
    delivery.failure = ended.result.error();
  }
  --delivery.open;
  send_more(delivery);
  if (delivery.open == 0) finish_delivery(ended.sequence);
}

void ConnectionActor::finish_delivery(std::uint64_t sequence) {
  Delivery& delivery = deliveries_.at(sequence);
  if (!delivery.failure) {
    if (delivery.events.size() > 1) return erase_journal_row(sequence, delivery.end);
    return settle(sequence, delivery.end);
  }
  // A full or closing store says nothing about the event itself, nor does an actor that died of
  // another one.
  const Errc code = delivery.failure->code;
  const bool bystander = code == Errc::restarting && ++delivery.restarts <= limits::kEventRestarts;
  const bool blameless = code == Errc::overloaded || code == Errc::unavailable || bystander;
  if (blameless) --delivery.tries;
  if (delivery.tries >= limits::kEventAttempts)
    return bury(sequence, "poison", delivery.failure->detail);
  const auto wait = std::chrono::milliseconds(blameless ? 500 : 150 << (2 * delivery.tries));
  delayed_send(this, wait, TickRetry{sequence});
}

void ConnectionActor::erase_journal_row(std::uint64_t sequence, EventEnd end) {
  storage::Commit commit;
  commit.workspace = what_.workspace;
  commit.erase(Family::journal, keys::journal(what_.workspace, sequence));
  end_with(std::move(commit), sequence, end);
}

bool ConnectionActor::has_ended(std::uint64_t sequence) const {
  const auto row = services_.reader.get(Family::journal, keys::journal(what_.workspace, sequence));
  return row && !*row;
}

void ConnectionActor::settle(std::uint64_t sequence, EventEnd end) {
  const auto it = deliveries_.find(sequence);
  if (it == deliveries_.end()) return;
  services_.ledger.finished(end, it->second.raw.bytes);
  note_step("event", to_string(end), 0);
  workspace_events_.add();
  it->second.raw.settled.ok({});
  deliveries_.erase(it);
}

// If the end cannot be stored, the event is dropped here: the ingress reads it again.
void ConnectionActor::end_with(storage::Commit commit, std::uint64_t sequence, EventEnd end) {
  CoreActor::commit(std::move(commit), [this, sequence, end](const storage::CommitResult& result) {
    if (result.code == Errc::ok) return settle(sequence, end);
    deliveries_.erase(sequence);
  });
}

// A dead letter keeps the raw item, sealed as it was, with the reason; an operator may retry it.
void ConnectionActor::bury(std::uint64_t sequence, const std::string& reason,
                           const std::string& detail) {
  const std::string at = keys::journal(what_.workspace, sequence);
  const auto stored = services_.reader.get(Family::journal, at);
  record::DeadLetter letter;
  if (stored && *stored) letter.mutable_event()->ParseFromString(**stored);
  letter.set_reason(reason);
  letter.set_detail(detail);
  letter.set_tries(deliveries_.at(sequence).tries);
  letter.set_failed_ms(now());
  letter.set_journal_sequence(sequence);
  storage::Commit commit;
  commit.workspace = what_.workspace;
  commit.put(Family::dead_letter, keys::dead_letter(what_.workspace, new_id(now())),
             letter.SerializeAsString());
  commit.erase(Family::journal, at);
  log::warn("dead_letter", {{"path", card_->path}, {"reason", reason}, {"detail", detail}});
  end_with(std::move(commit), sequence, EventEnd::dead);
}

}  // namespace aura
