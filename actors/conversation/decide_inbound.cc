// Messages that come in: from the contact, and echoes of what the business's side wrote elsewhere.
#include <algorithm>
#include <chrono>

#include "actors/conversation/model.h"
#include "config/limits.h"

namespace aura::conversation {

namespace {

Millis in_ms(auto duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

Decision ignored(const State& state, std::string reason) {
  Decision decision;
  decision.next = state;
  decision.ignored = std::move(reason);
  return decision;
}

StoredMessage make_message(Decision& decision, const ChannelEvent& event, const Rules& rules,
                           const Lookup& stored, Millis now) {
  StoredMessage message;
  const Millis at = std::clamp<Millis>(event.at, 1, now + in_ms(limits::kProviderClockSkew));
  message.id = take_message_id(decision.next, rules.conversation, at);
  message.row.set_created_ms(at);
  message.row.set_external_id(event.external_id);
  if (!event.text.empty()) message.body.set_text(event.text);
  if (!event.payload.empty()) message.body.set_payload(event.payload);
  for (const auto& attachment : event.attachments) *message.body.add_attachments() = attachment;
  if (!event.reply_to.empty()) {
    const auto quoted = stored.external(event.reply_to);
    if (quoted && !quoted->message.empty())
      message.row.set_reply_to(std::string(quoted->message.view()));
    else
      message.body.set_reply_to_external(event.reply_to);
  }
  return message;
}

// Files the message under its external id and applies what came before it.
void file_message(Decision& decision, StoredMessage message, const ChannelEvent& event,
                  const ExternalEntry& known) {
  for (const auto& early : known.waiting) apply_parented(message, early);
  decision.externals.push_back({event.external_id, {message.id, {}}});
  decision.feed.push_back({record::Feed::KIND_MESSAGE_CREATED, message.id, message.row.status()});
  auto& row = decision.next.row;
  if (message.id.view() > row.last_message()) row.set_last_message(std::string(message.id.view()));
  row.set_last_activity_ms(std::max(row.last_activity_ms(), message.row.created_ms()));
  if (message.row.direction() == api::DIRECTION_OUT) remember_outgoing(row, message);
  decision.messages.push_back(std::move(message));
  decision.changed = true;
}

void begin_turn(Decision& decision, const Id& message, const Rules& rules, Millis now) {
  auto& turn = *decision.next.row.mutable_turn();
  if (turn.due_ms() != 0)
    decision.timers.push_back({TimerKind::turn, turn.due_ms(), false, turn.generation()});
  turn.set_generation(turn.generation() + 1);
  turn.set_due_ms(now + rules.debounce);
  if (turn.messages_size() >= static_cast<int>(limits::kTurnMessages))
    turn.mutable_messages()->DeleteSubrange(0, 1);
  turn.add_messages(std::string(message.view()));
  decision.timers.push_back({TimerKind::turn, turn.due_ms(), true, turn.generation()});
}

bool ai_owes_reply(const State& next, const ChannelEvent& event, const StoredMessage& message,
                   const Rules& rules, Millis now) {
  return next.row.handler() == api::HANDLER_AI && !next.row.thread_external() && !event.standby &&
         !message.row.deleted() && message.body.has_text() &&
         event.kind != ChannelEvent::Kind::unsupported &&
         (!rules.window || message.row.created_ms() + *rules.window > now);
}

Decision decide_message(const State& state, const ChannelEvent& event, const Rules& rules,
                        const Lookup& stored, Millis now) {
  const auto known = stored.external(event.external_id);
  if (known && !known->message.empty()) return ignored(state, "duplicate");
  Decision decision;
  decision.next = state;
  ensure_exists(decision, event, rules, now);
  auto& row = decision.next.row;
  StoredMessage message = make_message(decision, event, rules, stored, now);
  message.row.set_direction(api::DIRECTION_IN);
  message.row.set_author(api::AUTHOR_CONTACT);
  message.row.set_status(api::MESSAGE_STATUS_RECEIVED);
  const Id id = message.id;
  row.set_unread(row.unread() + 1);
  row.set_last_inbound_ms(std::max(row.last_inbound_ms(), message.row.created_ms()));
  if (row.status() == api::CONVERSATION_STATUS_CLOSED)
    row.set_status(api::CONVERSATION_STATUS_OPEN);
  file_message(decision, std::move(message), event, known.value_or(ExternalEntry{}));
  expect_media(decision, event);
  if (ai_owes_reply(decision.next, event, decision.messages.back(), rules, now))
    begin_turn(decision, id, rules, now);
  decision.usage.push_back(Metric::messages_in);
  if (!event.contact_name.empty()) decision.contact_name = event.contact_name;
  return decision;
}

// Our own echo names the message by our metadata or by an id we know: it proves that the message
// went out, perhaps before the call's answer was read.
Decision decide_own_echo(const State& state, const ChannelEvent& event, const Lookup& stored) {
  const auto id = parse_id(IdType::message, event.metadata);
  auto message = id ? stored.message(*id) : std::nullopt;
  if (!message || message->row.direction() != api::DIRECTION_OUT) return ignored(state, "own_echo");
  Decision decision;
  decision.next = state;
  decision.changed = true;
  const auto known = stored.external(event.external_id).value_or(ExternalEntry{});
  for (const auto& early : known.waiting) apply_parented(*message, early);
  if (climb(message->row, api::MESSAGE_STATUS_SENT))
    decision.feed.push_back({record::Feed::KIND_MESSAGE_STATUS, *id, message->row.status()});
  if (message->row.external_id().empty()) message->row.set_external_id(event.external_id);
  decision.externals.push_back({event.external_id, {*id, {}}});
  decision.sent_by_echo = *id;
  decision.state_changed = false;
  decision.messages.push_back(std::move(*message));
  return decision;
}

// Someone wrote from the provider's inbox or another app: a person has taken over, and the AI
// stops in the same commit.
Decision decide_foreign_echo(const State& state, const ChannelEvent& event, const Rules& rules,
                             const Lookup& stored, Millis now) {
  Decision decision;
  decision.next = state;
  ensure_exists(decision, event, rules, now);
  StoredMessage message = make_message(decision, event, rules, stored, now);
  message.row.set_direction(api::DIRECTION_OUT);
  message.row.set_author(api::AUTHOR_MEMBER);
  message.row.set_status(api::MESSAGE_STATUS_SENT);
  hand_to_human(decision, rules, now, false);
  decision.next.row.set_unread(0);
  file_message(decision, std::move(message), event,
               stored.external(event.external_id).value_or(ExternalEntry{}));
  expect_media(decision, event);
  return decision;
}

Decision decide_echo(const State& state, const ChannelEvent& event, const Rules& rules,
                     const Lookup& stored, Millis now) {
  const auto known = stored.external(event.external_id);
  if (known && !known->message.empty()) return ignored(state, "duplicate");
  if (event.own_echo) return decide_own_echo(state, event, stored);
  return decide_foreign_echo(state, event, rules, stored, now);
}

// A referral or opt-in opens the window and is otherwise only context.
Decision decide_window_event(const State& state, const ChannelEvent& event, const Rules& rules,
                             Millis now) {
  Decision decision;
  decision.next = state;
  ensure_exists(decision, event, rules, now);
  const Millis at = std::min(event.at, now + in_ms(limits::kProviderClockSkew));
  auto& row = decision.next.row;
  decision.changed = !state.exists || at > row.last_inbound_ms();
  row.set_last_inbound_ms(std::max(row.last_inbound_ms(), at));
  return decision;
}

Decision decide_thread_owner(const State& state, const ChannelEvent& event, const Rules& rules,
                             Millis now) {
  Decision decision;
  decision.next = state;
  ensure_exists(decision, event, rules, now);
  if (event.at <= decision.next.row.thread_owner_ms()) return ignored(state, "older");
  decision.next.row.set_thread_owner_ms(event.at);
  decision.next.row.set_thread_external(event.thread_external);
  if (event.thread_external) cancel_turn(decision);
  decision.changed = true;
  decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
  return decision;
}

}  // namespace

Decision decide_event(const State& state, const ChannelEvent& event, const Rules& rules,
                      const Lookup& stored, Millis now) {
  using Kind = ChannelEvent::Kind;
  switch (event.kind) {
    case Kind::message:
    case Kind::postback:
    case Kind::unsupported:
      return event.echo ? decide_echo(state, event, rules, stored, now)
                        : decide_message(state, event, rules, stored, now);
    case Kind::edit:
    case Kind::unsend:
    case Kind::reaction:
    case Kind::status:
      return decide_parented(state, event, stored);
    case Kind::read:
    case Kind::delivery:
      return event.target_id.empty() ? decide_watermark(state, event, rules, stored, now)
                                     : decide_parented(state, event, stored);
    case Kind::referral:
    case Kind::optin:
      return decide_window_event(state, event, rules, now);
    case Kind::handover:
      return decide_thread_owner(state, event, rules, now);
    case Kind::typing:
      return ignored(state, "typing");
    case Kind::account:
      return ignored(state, "account");
    case Kind::identity:
      return ignored(state, "identity");
    case Kind::consent:
      return ignored(state, "consent");
  }
  return ignored(state, "unknown");
}

}  // namespace aura::conversation
