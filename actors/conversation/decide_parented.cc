// Events about another message (edit, unsend, reaction, status) and watermarks. Any order and any
// repetition of events ends in the same state. An event that arrives before its message waits under
// the message's external id.
#include <algorithm>
#include <string_view>
#include <tuple>

#include "actors/conversation/card_numbers.h"
#include "actors/conversation/comments.h"
#include "actors/conversation/inbound.h"
#include "actors/conversation/message_status.h"
#include "actors/conversation/names.h"
#include "actors/conversation/outbound.h"
#include "actors/conversation/own_echo.h"
#include "actors/conversation/steps.h"
#include "actors/conversation/unread.h"
#include "config/limits.h"

namespace aura::conversation {
namespace {

using Parented = record::ParentedEvent;

constexpr std::string_view kContact = "contact";  // the actor of a reaction whom no id names

Parented to_parented(const ChannelEvent& event) {
  Parented out;
  out.set_at_ms(event.at);
  switch (event.kind) {
    case ChannelEvent::Kind::edit:
      out.set_kind(Parented::KIND_EDIT);
      out.set_text(hide_card_numbers(event.text));
      out.set_edit_number(event.edit_number);
      break;
    case ChannelEvent::Kind::unsend:
      out.set_kind(Parented::KIND_UNSEND);
      break;
    case ChannelEvent::Kind::reaction:
      out.set_kind(Parented::KIND_REACTION);
      // All reactions of the business count as one actor, whoever reacts and wherever.
      // The contact of a thread of two may be named by another id each time.
      out.set_actor(event.echo            ? std::string()
                    : event.actor.empty() ? std::string(kContact)
                                          : event.actor);
      out.set_author(event.echo ? api::AUTHOR_MEMBER : api::AUTHOR_CONTACT);
      out.set_emoji(event.emoji);
      break;
    case ChannelEvent::Kind::read:
      out.set_kind(Parented::KIND_STATUS);
      out.set_status(api::MESSAGE_STATUS_READ);
      out.set_whole(true);  // reading one part means reading the whole message
      break;
    case ChannelEvent::Kind::delivery:
      out.set_kind(Parented::KIND_STATUS);
      out.set_status(api::MESSAGE_STATUS_DELIVERED);
      break;
    default:
      out.set_kind(Parented::KIND_STATUS);
      out.set_status(event.status);
      out.set_error_code(event.error_code);
      out.set_error_detail(event.error_detail);
      out.set_provider_code(event.provider_code);
      break;
  }
  return out;
}

// If the edit number is a time in seconds, two edits may share it; the text breaks the tie, so that
// the result does not depend on the order.
bool apply_edit(StoredMessage& message, const Parented& event) {
  const std::uint32_t known = message.row.edit_number();
  const bool newer = known == 0 ? event.edit_number() > 0
                                : std::tuple(event.edit_number(), event.text()) >
                                      std::tuple(known, message.body.text());
  if (message.row.deleted() || !newer) return false;
  message.row.set_edit_number(event.edit_number());
  message.body.set_text(event.text());
  message.body.clear_chosen();
  return true;
}

// Unsent content is deleted and stays deleted, whatever arrives later.
bool apply_unsend(StoredMessage& message) {
  if (message.row.deleted()) return false;
  message.row.set_deleted(true);
  message.row.clear_edit_number();
  message.row.clear_reply_to();
  message.body.Clear();
  return true;
}

// At equal times a removal counts as the later one.
template <class Reaction>
auto rank_of(const Reaction& reaction) {
  return std::tuple(reaction.at_ms(), reaction.emoji().empty(), reaction.emoji());
}

// An earlier version stored the contact's id.
template <class Reaction>
bool is_contacts(const Reaction& known, const Parented& event) {
  return event.actor() == kContact && known.author() == api::AUTHOR_CONTACT;
}

bool apply_reaction(StoredMessage& message, const Parented& event) {
  if (message.row.deleted()) return false;
  auto& reactions = *message.body.mutable_reactions();
  for (auto& known : reactions) {
    if (known.actor() != event.actor() && !is_contacts(known, event)) continue;
    if (rank_of(event) <= rank_of(known)) return false;
    known.set_emoji(event.emoji());
    known.set_at_ms(event.at_ms());
    return true;
  }
  if (reactions.size() >= limits::kMessageReactions) return false;
  auto& added = *reactions.Add();
  added.set_actor(event.actor());
  added.set_author(event.author());
  added.set_emoji(event.emoji());
  added.set_at_ms(event.at_ms());
  std::sort(reactions.begin(), reactions.end(),
            [](const auto& a, const auto& b) { return a.actor() < b.actor(); });
  return true;
}

// Stores the event until its message arrives; equal events are stored once.
Decision wait_for_parent(Decision decision, const ChannelEvent& event, const Parented& parented,
                         ExternalEntry known) {
  const std::string bytes = parented.SerializeAsString();
  const bool repeated =
      std::any_of(known.waiting.begin(), known.waiting.end(),
                  [&](const Parented& early) { return early.SerializeAsString() == bytes; });
  if (repeated || known.waiting.size() >= limits::kPendingEarly) {
    if (!decision.changed) decision.ignored = repeated ? "duplicate" : "too_many_early_events";
    return decision;
  }
  known.waiting.push_back(parented);
  decision.state_changed = decision.changed;
  decision.externals.push_back({event.target_id, std::move(known)});
  decision.changed = true;
  return decision;
}

// Removes an unsent message from the unanswered burst, so that the AI does not answer it.
void forget_in_turn(Decision& decision, const Id& message) {
  auto& messages = *decision.next.row.mutable_turn()->mutable_messages();
  const auto end = std::remove(messages.begin(), messages.end(), message.view());
  if (end == messages.end()) return;
  messages.erase(end, messages.end());
  if (messages.empty()) cancel_turn(decision);
}

}  // namespace

bool apply_parented(StoredMessage& message, const std::string& external_id, const Parented& event) {
  switch (event.kind()) {
    case Parented::KIND_EDIT:
      return apply_edit(message, event);
    case Parented::KIND_UNSEND:
      return apply_unsend(message);
    case Parented::KIND_REACTION:
      return apply_reaction(message, event);
    case Parented::KIND_STATUS:
      return message.row.direction() == api::DIRECTION_OUT &&
             take_status(message.row, external_id, event);
    default:
      return false;
  }
}

namespace {

// A reaction of the contact opens the window as a message does.
void open_window(Decision& decision, const ChannelEvent& event, const Rules& rules, Millis now) {
  if (!decision.next.exists) {
    decision.identities = event.identities;
    decision.identities_at = event.at;
  }
  ensure_exists(decision, event, rules, now);
  auto& row = decision.next.row;
  if (event.at <= row.last_inbound_ms()) return;
  row.set_last_inbound_ms(event.at);
  note_reached(decision, event.at);
  decision.changed = true;
}

// A status with our message id identifies the message even if the call's answer was never read.
// Like an echo, it proves that the message was sent.
std::optional<StoredMessage> adopt(Decision& decision, const ChannelEvent& event,
                                   const ExternalEntry& known, const Lookup& stored) {
  const auto id = parse_id(IdType::message, event.metadata);
  auto message = id ? stored.message(*id) : std::nullopt;
  if (!message || message->row.direction() != api::DIRECTION_OUT) return std::nullopt;
  answer_call(message->row, event.target_id);
  prove_part(message->row, event.target_id);
  for (const auto& early : known.waiting) apply_parented(*message, event.target_id, early);
  decision.externals.push_back({event.target_id, {*id, {}}});
  decision.proved = ProvedSend{*id, event.target_id};
  return message;
}

bool concerns_retired(const StoredMessage& message, const ChannelEvent& event) {
  const auto& retired = message.row.retired_externals();
  return std::find(retired.begin(), retired.end(), event.target_id) != retired.end();
}

// What a status of one of our messages says about the contact.
void note_reach(Decision& decision, const Parented& event, const ChannelEvent& told, Millis now) {
  const auto status = event.status();
  if (event.kind() != Parented::KIND_STATUS) return;
  if (status == api::MESSAGE_STATUS_FAILED)
    note_unreachable(decision, event.error_code(), told_at(told, now));
  if (status == api::MESSAGE_STATUS_DELIVERED || status == api::MESSAGE_STATUS_READ)
    note_reached(decision, told_at(told, now));
}

void withdraw_comment(Decision& decision, const StoredMessage& message) {
  if (message.body.has_comment()) note_answered(decision.next, message.body.comment().id());
}

// Consequences of an event that changed the message.
void changed_by(Decision& decision, const Parented& event, StoredMessage message) {
  const bool status = event.kind() == Parented::KIND_STATUS;
  decision.feed.push_back(
      {status ? record::Feed::KIND_MESSAGE_STATUS : record::Feed::KIND_MESSAGE_UPDATED, message.id,
       message.row.status()});
  if (event.kind() == Parented::KIND_UNSEND) {
    forget_in_turn(decision, message.id);
    const int before = decision.next.row.unread();
    if (message.row.direction() == api::DIRECTION_IN)
      forget_unread(decision.next.row, message.row.created_ms());
    if (decision.next.row.unread() != before)
      decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
  }
  decision.messages.push_back(std::move(message));
  decision.changed = true;
}

}  // namespace

Decision decide_parented(const State& state, const ChannelEvent& event, const Rules& rules,
                         const Lookup& stored, Millis now) {
  Decision decision;
  decision.next = state;
  const Parented parented = to_parented(event);
  const bool unsend = parented.kind() == Parented::KIND_UNSEND;
  if (event.kind == ChannelEvent::Kind::reaction && !event.echo)
    open_window(decision, event, rules, now);
  decision.state_changed = decision.changed || unsend;
  const auto known = stored.external(event.target_id);
  auto message = known && !known->message.empty() ? stored.message(known->message) : std::nullopt;
  if (!message && parented.kind() == Parented::KIND_STATUS)
    message = adopt(decision, event, known.value_or(ExternalEntry{}), stored);
  if (!message) {
    return wait_for_parent(std::move(decision), event, parented, known.value_or(ExternalEntry{}));
  }
  if (parented.kind() == Parented::KIND_STATUS && concerns_retired(*message, event)) {
    decision.ignored = "retried";
    return decision;
  }
  if (unsend) withdraw_comment(decision, *message);
  const bool adopted = decision.proved.has_value();
  const auto before = message->row.status();
  if (apply_parented(*message, event.target_id, parented) || adopted) {
    plan_resend(decision, *message, event, now);
    if (message->row.status() != before) call_person(decision, *message, rules, now);
    note_reach(decision, parented, event, now);
    if (event.kind == ChannelEvent::Kind::status) {
      decision.identities = event.identities;
      decision.identities_at = event.at;
      decision.ids_of_recipient = true;
    }
    changed_by(decision, parented, std::move(*message));
  } else if (!decision.changed) {
    decision.ignored = "no_change";
  }
  return decision;
}

// "Everything up to here is read (delivered)": one number in the conversation's row instead of a
// write to each message.
Decision decide_watermark(const State& state, const ChannelEvent& event, const Rules& rules,
                          const Lookup& stored, Millis now) {
  Decision decision;
  decision.next = state;
  ensure_exists(decision, event, rules, now);
  auto& row = decision.next.row;
  const bool read = event.kind == ChannelEvent::Kind::read;
  const Millis before = read ? row.contact_read_ms() : row.contact_delivered_ms();
  if (event.watermark <= before) {
    decision.ignored = "no_change";
    return decision;
  }
  if (read)
    row.set_contact_read_ms(event.watermark);
  else
    row.set_contact_delivered_ms(event.watermark);
  note_reached(decision, event.watermark);
  const auto reached = read ? api::MESSAGE_STATUS_READ : api::MESSAGE_STATUS_DELIVERED;
  for (int i = 0; i < row.recent_out_ms_size(); ++i) {
    const Millis at = row.recent_out_ms(i);
    if (at > event.watermark || at <= before) continue;
    const Id id = message_id(rules.conversation, at, row.recent_out_order(i));
    const auto sent = stored.message(id);
    if (!sent || sent->row.status() < api::MESSAGE_STATUS_SENT || sent->row.status() >= reached)
      continue;
    decision.feed.push_back({record::Feed::KIND_MESSAGE_STATUS, id, reached});
  }
  decision.changed = true;
  return decision;
}

}  // namespace aura::conversation
