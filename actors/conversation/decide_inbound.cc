// Inbound messages: from the contact, and echoes of messages that the business wrote elsewhere.
#include <algorithm>
#include <tuple>

#include "actors/conversation/card_numbers.h"
#include "actors/conversation/comments.h"
#include "actors/conversation/consent.h"
#include "actors/conversation/identities.h"
#include "actors/conversation/inbound.h"
#include "actors/conversation/media.h"
#include "actors/conversation/message_status.h"
#include "actors/conversation/numbered_answer.h"
#include "actors/conversation/owed_answer.h"
#include "actors/conversation/own_echo.h"
#include "actors/conversation/steps.h"
#include "actors/conversation/taken.h"
#include "actors/conversation/unread.h"
#include "config/limits.h"
#include "runtime/in_ms.h"

namespace aura::conversation {

void copy_content(const ChannelEvent& event, record::MessageBody& body) {
  body.mutable_attachments()->Assign(event.attachments.begin(), event.attachments.end());
  body.mutable_contacts()->Assign(event.contacts.begin(), event.contacts.end());
  body.mutable_order_lines()->Assign(event.order_lines.begin(), event.order_lines.end());
  if (event.referral) *body.mutable_referral() = *event.referral;
  if (event.comment) *body.mutable_comment() = *event.comment;
  if (event.sender) *body.mutable_sender() = *event.sender;
  if (!event.choice_description.empty()) body.set_choice_description(event.choice_description);
  if (!event.form.empty()) body.mutable_form()->set_json(event.form);
  body.set_forwarded(event.forwarded);
  if (!event.unsupported.empty()) body.set_unsupported(event.unsupported);
  if (event.kind == ChannelEvent::Kind::unsupported && !body.has_unsupported())
    body.set_unsupported("unknown");
  if (body.has_unsupported() && !event.error_detail.empty())
    body.set_unsupported_reason(event.error_detail);
}

bool repeats(const ChannelEvent& event, const StoredMessage& stored) {
  if (stored.row.deleted()) return true;  // nobody can tell any more
  const record::MessageBody& body = stored.body;
  // A number that named a choice was stored with the choice's payload.
  const bool same_choice =
      event.payload == body.payload() || (event.payload.empty() && !body.chosen().empty());
  return same_choice && hide_card_numbers(event.text) == body.text() &&
         std::ranges::equal(event.attachments, body.attachments(), {}, &api::Attachment::media_id,
                            &api::Attachment::media_id);
}

const std::string& meant(const record::MessageBody& body) {
  return body.chosen().empty() ? body.text() : body.chosen();
}

namespace {

Decision ignored(const State& state, std::string reason) {
  Decision decision;
  decision.next = state;
  decision.ignored = std::move(reason);
  return decision;
}

// WhatsApp times are whole seconds: an inbound message of the same second as one of ours, but
// received after it, is shown after it.
Millis behind_ours(Millis at, const record::Conversation& row) {
  constexpr Millis kSecond = 1000;
  if (at % kSecond != 0) return at;
  Millis shown = at;
  for (const Millis ours : row.recent_out_ms())
    if (ours - ours % kSecond == at) shown = std::max(shown, ours);
  return shown;
}

StoredMessage make_message(Decision& decision, const ChannelEvent& event, const Rules& rules,
                           const Lookup& stored, Millis now) {
  StoredMessage message;
  Millis at = told_at(event, now);
  // Web chat times come from our own clock, which may be set back; message times must not go back.
  if (rules.channel_type == api::CHANNEL_TYPE_WEBCHAT)
    at = std::max(at, decision.next.row.last_activity_ms());
  if (rules.channel_type == api::CHANNEL_TYPE_WHATSAPP && !event.echo && !event.imported)
    at = behind_ours(at, decision.next.row);
  message.id = take_message_id(decision.next, rules.conversation, at, event.arrival);
  message.row.set_created_ms(at);
  message.row.set_external_id(event.external_id);
  if (!event.text.empty()) message.body.set_text(hide_card_numbers(event.text));
  if (!event.payload.empty()) message.body.set_payload(event.payload);
  if (event.raw_hash != 0) {
    message.row.set_raw_hash(event.raw_hash);
    message.row.set_taken_ms(now);
    message.row.set_waited_ms(std::max<Millis>(now - event.received, 0));
    message.row.set_failed_tries(event.failed_tries);
  }
  if (event.segments > 0) message.row.set_segments(event.segments);
  copy_content(event, message.body);
  if (event.kind == ChannelEvent::Kind::unsupported && rules.adapter != nullptr &&
      !event.raw.empty()) {
    message.body.set_raw(event.raw);
    decision.unsupported.push_back({message.id, rules.adapter->projection()});
  }
  if (!event.reply_to.empty()) {
    const auto quoted = stored.external(event.reply_to);
    if (quoted && !quoted->message.empty())
      message.row.set_reply_to(std::string(quoted->message.view()));
    else
      message.body.set_reply_to_external(event.reply_to);
  }
  return message;
}

// Stores the message under its external id and applies events that arrived before it.
void file_message(Decision& decision, StoredMessage message, const ChannelEvent& event,
                  const ExternalEntry& known) {
  for (const auto& early : known.waiting) apply_parented(message, event.external_id, early);
  decision.externals.push_back({event.external_id, {message.id, {}}});
  decision.feed.push_back({record::Feed::KIND_MESSAGE_CREATED, message.id, message.row.status()});
  if (event.comment && !event.echo) note_comment(decision.next, event, message.row.deleted());
  auto& row = decision.next.row;
  const bool theirs = message.row.author() == api::AUTHOR_CONTACT;
  if (theirs && !event.imported && !message.row.deleted())
    count_unread(row, message.row.created_ms());
  if (message.id.view() > row.last_message()) row.set_last_message(std::string(message.id.view()));
  row.set_last_activity_ms(std::max(row.last_activity_ms(), message.row.created_ms()));
  if (message.row.direction() == api::DIRECTION_OUT) remember_outgoing(row, message);
  decision.messages.push_back(std::move(message));
  decision.changed = true;
}

// Effects of a received message on window, status and usage; not for imported history.
void count_received(Decision& decision, const ChannelEvent& event, Millis now) {
  auto& row = decision.next.row;
  // A public comment opens no window: it only allows one private reply.
  if (!event.comment) row.set_last_inbound_ms(std::max(row.last_inbound_ms(), told_at(event, now)));
  note_referral(decision.next, event);
  if (!event.comment) note_reached(decision, told_at(event, now));
  end_block(decision, event, now);
  if (row.status() == api::CONVERSATION_STATUS_CLOSED)
    row.set_status(api::CONVERSATION_STATUS_OPEN);
  decision.usage.push_back(Metric::messages_in);
}

// The newest name wins. A username stands in as long as no name was told.
void note_contact(Decision& decision, const ChannelEvent& event, Millis now) {
  decision.identities = event.identities;
  decision.identities_at = event.at;
  note_number(decision.next, event);
  auto& row = decision.next.row;
  const Millis at = told_at(event, now);
  if (event.contact_name.empty() || at <= row.name_ms()) return;
  if (event.name_is_handle && row.name_ms() != 0) return;
  if (!event.name_is_handle) row.set_name_ms(at);
  decision.contact_name = event.contact_name;
}

// Whether the message is a duplicate. A known external id counts even if its contact was erased: a
// provider's repetition must not bring the contact back. A web chat visitor, however, repeats
// messages that were never acknowledged, so there the message itself must exist.
bool is_there(const ExternalEntry& known, const Rules& rules, const Lookup& stored) {
  if (known.message.empty()) return false;
  return rules.channel_type != api::CHANNEL_TYPE_WEBCHAT || stored.message(known.message);
}

Decision decide_message(const State& state, const ChannelEvent& event, const Rules& rules,
                        const Lookup& stored, Millis now) {
  const auto known = stored.external(event.external_id);
  if (known && is_there(*known, rules, stored)) return ignored(state, "duplicate");
  Decision decision;
  decision.next = state;
  ensure_exists(decision, event, rules, now);
  StoredMessage message = make_message(decision, event, rules, stored, now);
  const auto choice =
      event.payload.empty() ? chosen_by_number(event.text, state, rules, stored) : std::nullopt;
  if (choice) {
    message.body.set_payload(choice->payload());
    message.body.set_chosen(choice->title());
  }
  message.row.set_direction(api::DIRECTION_IN);
  message.row.set_author(api::AUTHOR_CONTACT);
  message.row.set_status(api::MESSAGE_STATUS_RECEIVED);
  if (!event.imported) count_received(decision, event, now);
  file_message(decision, std::move(message), event, known.value_or(ExternalEntry{}));
  expect_media(decision, event);
  begin_answer(decision, event, rules, stored, now);
  if (state.exists && (state.row.status() != decision.next.row.status() ||
                       state.row.handler() != decision.next.row.handler()))
    decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
  note_consent(decision, event, now);
  note_contact(decision, event, now);
  return decision;
}

// The echo of a message we sent: it proves that the message was sent, perhaps before the call's
// answer was read.
Decision decide_own_echo(const State& state, const ChannelEvent& event, const std::optional<Id>& id,
                         const Rules& rules, const Lookup& stored, Millis now) {
  auto message = id ? stored.message(*id) : std::nullopt;
  if (!message || message->row.direction() != api::DIRECTION_OUT) return ignored(state, "own_echo");
  Decision decision;
  decision.next = state;
  decision.changed = true;
  const auto known = stored.external(event.external_id).value_or(ExternalEntry{});
  const auto before = message->row.status();
  answer_call(message->row, event.external_id);
  prove_part(message->row, event.external_id);
  for (const auto& early : known.waiting) apply_parented(*message, event.external_id, early);
  decision.state_changed = false;
  if (message->row.status() != before) {
    decision.feed.push_back({record::Feed::KIND_MESSAGE_STATUS, *id, message->row.status()});
    call_person(decision, *message, rules, now);
  }
  decision.externals.push_back({event.external_id, {*id, {}}});
  decision.proved = ProvedSend{*id, event.external_id};
  decision.messages.push_back(std::move(*message));
  return decision;
}

// Someone wrote from the provider's inbox or another app: a person has taken over, so the AI stops
// in the same commit.
Decision decide_foreign_echo(const State& state, const ChannelEvent& event, const Rules& rules,
                             const Lookup& stored, Millis now) {
  Decision decision;
  decision.next = state;
  ensure_exists(decision, event, rules, now);
  StoredMessage message = make_message(decision, event, rules, stored, now);
  message.row.set_direction(api::DIRECTION_OUT);
  message.row.set_author(api::AUTHOR_MEMBER);
  message.row.set_status(api::MESSAGE_STATUS_SENT);
  if (!event.imported) {
    hand_to_human(decision, rules, now, false);
    answered_elsewhere(decision.next.row, message.row.created_ms());
  }
  file_message(decision, std::move(message), event,
               stored.external(event.external_id).value_or(ExternalEntry{}));
  expect_media(decision, event);
  note_contact(decision, event, now);
  tell_if_taken(decision, state);
  return decision;
}

Decision decide_echo(const State& state, const ChannelEvent& event, const Rules& rules,
                     const Lookup& stored, Millis now) {
  const auto known = stored.external(event.external_id);
  if (known && !known->message.empty()) return ignored(state, "duplicate");
  if (const auto late = cut_off_message(state, event, rules, stored))
    return decide_own_echo(state, event, late, rules, stored, now);
  if (event.own_echo)
    return decide_own_echo(state, event, parse_id(IdType::message, event.metadata), rules, stored,
                           now);
  return decide_foreign_echo(state, event, rules, stored, now);
}

// A referral or opt-in opens the window; an opt-in may also allow marketing messages.
Decision decide_window_event(const State& state, const ChannelEvent& event, const Rules& rules,
                             Millis now) {
  Decision decision;
  decision.next = state;
  ensure_exists(decision, event, rules, now);
  const Millis at = told_at(event, now);
  auto& row = decision.next.row;
  decision.changed = !state.exists || at > row.last_inbound_ms();
  row.set_last_inbound_ms(std::max(row.last_inbound_ms(), at));
  note_referral(decision.next, event);
  if (row.sealed().empty()) decision.changed = true;  // a newer referral
  note_consent(decision, event, now);
  note_contact(decision, event, now);
  return decision;
}

// A name from a profile or from the owner's address book. A name alone does not create a contact.
Decision decide_name(const State& state, const ChannelEvent& event, Millis now) {
  const Millis known = event.name_in_book ? state.row.book_name_ms() : state.row.name_ms();
  const Millis at = told_at(event, now);
  if (!state.exists || event.contact_name.empty() || at <= known)
    return ignored(state, state.exists ? "no_change" : "not_a_contact");
  Decision decision;
  decision.next = state;
  decision.changed = true;
  if (event.name_in_book)
    decision.next.row.set_book_name_ms(at);
  else
    decision.next.row.set_name_ms(at);
  decision.identities = event.identities;
  decision.identities_at = event.at;
  decision.contact_name = event.contact_name;
  decision.name_in_book = event.name_in_book;
  return decision;
}

// A notice from the provider itself, stored as a system message; it needs no answer.
void show_notice(Decision& decision, const ChannelEvent& event, const Rules& rules,
                 const Lookup& stored, Millis now) {
  const auto known = stored.external(event.external_id);
  if (event.text.empty() || (known && !known->message.empty())) return;
  StoredMessage message = make_message(decision, event, rules, stored, now);
  message.row.set_direction(api::DIRECTION_IN);
  message.row.set_author(api::AUTHOR_SYSTEM);
  message.row.set_status(api::MESSAGE_STATUS_RECEIVED);
  file_message(decision, std::move(message), event, known.value_or(ExternalEntry{}));
}

// The contact's ids changed, perhaps its number: messages go to the newest id, and the replaced id
// no longer belongs to the contact.
Decision decide_identity(const State& state, const ChannelEvent& event, const Rules& rules,
                         const Lookup& stored, Millis now) {
  Decision decision;
  decision.next = state;
  ensure_exists(decision, event, rules, now);
  decision.changed = true;
  show_notice(decision, event, rules, stored, now);
  note_number(decision.next, event);
  auto& next = decision.next;
  const bool replaces = !event.target_id.empty() && !event.identities.empty();
  const std::string thread = replaces ? event.identities.front().value : std::string();
  const Millis known = next.body.thread_ms();
  const bool older =
      replaces && known != 0 && std::tie(event.at, thread) <= std::tie(known, next.thread);
  if (older) {  // told after the next change: whoever wrote from the number is this person
    if (is_number(event.target_id) && event.target_id != next.thread) {
      decision.identities = {{"wa_id", event.target_id}};
      decision.given_up = GivenUp{event.target_id, event.at};
    }
    return decision;
  }
  decision.identities = event.identities;
  decision.identities_at = event.at;
  if (!replaces) return decision;
  decision.given_up = GivenUp{event.target_id, event.at};
  next.body.set_thread_ms(event.at);
  next.thread = thread;
  reseal(next);
  decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
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
  // A wrong provider time in the future must not stay the newest forever.
  const Millis latest = now + in_ms(limits::kProviderClockSkew);
  if (event.at > latest || event.watermark > latest) {
    ChannelEvent cut = event;
    cut.at = std::min(cut.at, latest);
    cut.watermark = std::min(cut.watermark, latest);
    return decide_event(state, cut, rules, stored, now);
  }
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
      return decide_parented(state, event, rules, stored, now);
    case Kind::read:
    case Kind::delivery:
      return event.target_id.empty() ? decide_watermark(state, event, rules, stored, now)
                                     : decide_parented(state, event, rules, stored, now);
    case Kind::referral:
    case Kind::optin:
      return decide_window_event(state, event, rules, now);
    case Kind::handover:
      return decide_thread_owner(state, event, rules, now);
    case Kind::typing:
      return ignored(state, "typing");
    case Kind::consent:
      return decide_consent(state, event, rules, now);
    case Kind::identity:
      return decide_identity(state, event, rules, stored, now);
    case Kind::number_lost:
      return decide_number_lost(state, event);
    case Kind::name:
      return decide_name(state, event, now);
    case Kind::account:  // concerns the account, not a conversation
      return ignored(state, "account");
  }
  return ignored(state, "unknown");
}

}  // namespace aura::conversation
