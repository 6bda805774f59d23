// Events about another message (edit, unsend, reaction, status) and watermarks. Each is applied so
// that any order and any repetition ends in the same state; an event that comes before its message
// waits under the message's external id.
#include <algorithm>
#include <tuple>

#include "actors/conversation/model.h"
#include "config/limits.h"

namespace aura::conversation {
namespace {

using Parented = record::ParentedEvent;

Parented to_parented(const ChannelEvent& event) {
  Parented out;
  out.set_at_ms(event.at);
  switch (event.kind) {
    case ChannelEvent::Kind::edit:
      out.set_kind(Parented::KIND_EDIT);
      out.set_text(event.text);
      out.set_edit_number(event.edit_number);
      break;
    case ChannelEvent::Kind::unsend:
      out.set_kind(Parented::KIND_UNSEND);
      break;
    case ChannelEvent::Kind::reaction:
      out.set_kind(Parented::KIND_REACTION);
      out.set_actor(event.actor);
      out.set_author(event.echo ? api::AUTHOR_MEMBER : api::AUTHOR_CONTACT);
      out.set_emoji(event.emoji);
      break;
    case ChannelEvent::Kind::read:
      out.set_kind(Parented::KIND_STATUS);
      out.set_status(api::MESSAGE_STATUS_READ);
      break;
    case ChannelEvent::Kind::delivery:
      out.set_kind(Parented::KIND_STATUS);
      out.set_status(api::MESSAGE_STATUS_DELIVERED);
      break;
    default:
      out.set_kind(Parented::KIND_STATUS);
      out.set_status(event.status);
      break;
  }
  return out;
}

bool apply_edit(StoredMessage& message, const Parented& event) {
  if (message.row.deleted() || event.edit_number() <= message.row.edit_number()) return false;
  message.row.set_edit_number(event.edit_number());
  message.body.set_text(event.text());
  return true;
}

// Unsent content is really removed, and stays removed whatever comes later.
bool apply_unsend(StoredMessage& message) {
  if (message.row.deleted()) return false;
  message.row.set_deleted(true);
  message.row.clear_edit_number();
  message.row.clear_reply_to();
  message.body.Clear();
  return true;
}

bool apply_reaction(StoredMessage& message, const Parented& event) {
  if (message.row.deleted()) return false;
  auto& reactions = *message.body.mutable_reactions();
  for (auto& known : reactions) {
    if (known.actor() != event.actor()) continue;
    if (std::tuple(event.at_ms(), event.emoji()) <= std::tuple(known.at_ms(), known.emoji()))
      return false;
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

// Waits for its message; what a later equal event would repeat is kept once.
Decision wait_for_parent(Decision decision, const ChannelEvent& event, const Parented& parented,
                         ExternalEntry known) {
  const std::string bytes = parented.SerializeAsString();
  const bool repeated =
      std::any_of(known.waiting.begin(), known.waiting.end(),
                  [&](const Parented& early) { return early.SerializeAsString() == bytes; });
  if (repeated || known.waiting.size() >= limits::kPendingEarly) {
    decision.ignored = repeated ? "duplicate" : "too_many_early_events";
    return decision;
  }
  known.waiting.push_back(parented);
  decision.state_changed = false;
  decision.externals.push_back({event.target_id, std::move(known)});
  decision.changed = true;
  return decision;
}

// The unanswered burst loses an unsent message: the AI does not answer what was taken back.
void forget_in_turn(Decision& decision, const Id& message) {
  auto& messages = *decision.next.row.mutable_turn()->mutable_messages();
  const auto end = std::remove(messages.begin(), messages.end(), message.view());
  if (end == messages.end()) return;
  messages.erase(end, messages.end());
  if (messages.empty()) cancel_turn(decision);
}

}  // namespace

bool apply_parented(StoredMessage& message, const Parented& event) {
  switch (event.kind()) {
    case Parented::KIND_EDIT:
      return apply_edit(message, event);
    case Parented::KIND_UNSEND:
      return apply_unsend(message);
    case Parented::KIND_REACTION:
      return apply_reaction(message, event);
    case Parented::KIND_STATUS:
      return message.row.direction() == api::DIRECTION_OUT && climb(message.row, event.status());
    default:
      return false;
  }
}

Decision decide_parented(const State& state, const ChannelEvent& event, const Lookup& stored) {
  Decision decision;
  decision.next = state;
  const Parented parented = to_parented(event);
  const auto known = stored.external(event.target_id);
  auto message = known && !known->message.empty() ? stored.message(known->message) : std::nullopt;
  if (!message) {
    return wait_for_parent(std::move(decision), event, parented, known.value_or(ExternalEntry{}));
  }
  if (!apply_parented(*message, parented)) {
    decision.ignored = "no_change";
    return decision;
  }
  const bool status = parented.kind() == Parented::KIND_STATUS;
  decision.feed.push_back(
      {status ? record::Feed::KIND_MESSAGE_STATUS : record::Feed::KIND_MESSAGE_UPDATED, message->id,
       message->row.status()});
  if (parented.kind() == Parented::KIND_UNSEND)
    forget_in_turn(decision, message->id);
  else
    decision.state_changed = false;
  decision.messages.push_back(std::move(*message));
  decision.changed = true;
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
  const auto reached = read ? api::MESSAGE_STATUS_READ : api::MESSAGE_STATUS_DELIVERED;
  for (int i = 0; i < row.recent_out_ms_size(); ++i) {
    const Millis at = row.recent_out_ms(i);
    if (at > event.watermark || at <= before) continue;
    const Id id = message_id(rules.conversation, at, row.recent_out_arrival(i));
    const auto sent = stored.message(id);
    if (!sent || sent->row.status() < api::MESSAGE_STATUS_SENT || sent->row.status() >= reached)
      continue;
    decision.feed.push_back({record::Feed::KIND_MESSAGE_STATUS, id, reached});
  }
  decision.changed = true;
  return decision;
}

}  // namespace aura::conversation
