#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>
#include <tuple>

#include "actors/conversation/consent.h"
#include "actors/conversation/inbound.h"
#include "actors/conversation/names.h"
#include "actors/conversation/steps.h"
#include "config/limits.h"

namespace aura::conversation {

void ensure_exists(Decision& decision, const ChannelEvent& event, const Rules& rules, Millis now) {
  State& next = decision.next;
  if (next.exists) return;
  next.exists = true;
  next.thread = event.thread;
  auto& row = next.row;
  row.set_channel(std::string(rules.channel.view()));
  row.set_channel_type(rules.channel_type);
  row.set_contact(std::string(contact_id(rules.channel, name_of(event)).view()));
  row.set_created_ms(now);
  row.set_last_activity_ms(now);
  decision.feed.push_back({record::Feed::KIND_CONVERSATION_CREATED, {}, {}});
}

const std::string& name_of(const ChannelEvent& event) {
  return event.person.empty() ? event.thread : event.person;
}

Id conversation_id(const Id& channel, std::string_view thread) {
  return derived_id({"conversation", channel.view(), thread});
}

Id contact_id(const Id& channel, std::string_view thread) {
  return derived_id({"contact", channel.view(), thread});
}

// [48 bit ms][32 bit order][48 bit of the conversation]
// order = [low 22 bit of the journal sequence][low 10 bit of the count of messages]; in a web chat,
// whose messages come through no journal, the count
Id message_id(const Id& conversation, Millis at, std::uint32_t order) {
  Id id;
  for (int i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(at >> (8 * (5 - i)));
  for (int i = 0; i < 4; ++i) id.bytes[6 + i] = static_cast<std::uint8_t>(order >> (8 * (3 - i)));
  std::copy_n(conversation.bytes.begin(), 6, id.bytes.begin() + 10);
  return id;
}

Id take_message_id(State& next, const Id& conversation, Millis at, std::uint64_t sequence) {
  auto& row = next.row;
  if (sequence == 0) sequence = row.newest_sequence();
  row.set_newest_sequence(std::max(row.newest_sequence(), sequence));
  const std::uint32_t count = row.message_count();
  row.set_message_count(count + 1);
  if (sequence == 0) return message_id(conversation, at, count);
  return message_id(conversation, at, static_cast<std::uint32_t>(sequence << 10 | (count & 0x3ff)));
}

std::uint32_t order_of(const Id& message) {
  std::uint32_t order = 0;
  for (int i = 6; i < 10; ++i) order = order << 8 | message.bytes[static_cast<std::size_t>(i)];
  return order;
}

void cancel_turn(Decision& decision) {
  auto& turn = *decision.next.row.mutable_turn();
  if (turn.due_ms() != 0)
    decision.timers.push_back({TimerKind::turn, turn.due_ms(), false, turn.generation()});
  turn.set_generation(turn.generation() + 1);
  turn.set_due_ms(0);
  turn.clear_messages();
}

Millis told_at(const ChannelEvent& event, Millis now) { return event.at > 0 ? event.at : now; }

void append(Decision& decision, Decision later) {
  const auto calls = [](const Decision& one) { return one.send || one.react; };
  if (calls(decision) && calls(later))  // the first message would wait for ever
    throw std::logic_error("one decision has one outbox row");
  const auto move_all = [](auto& from, auto& to) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  for (const TimerChange& timer : later.timers) {
    const auto unset = std::find_if(decision.timers.begin(), decision.timers.end(),
                                    [&](const TimerChange& earlier) {
                                      return !timer.set && earlier.set &&
                                             earlier.kind == timer.kind && earlier.due == timer.due;
                                    });
    if (unset != decision.timers.end())
      decision.timers.erase(unset);  // set and cleared in the same commit
    else
      decision.timers.push_back(timer);
  }
  decision.next = std::move(later.next);
  decision.changed |= later.changed;
  decision.state_changed |= later.state_changed;
  move_all(later.messages, decision.messages);
  move_all(later.externals, decision.externals);
  move_all(later.feed, decision.feed);
  move_all(later.usage, decision.usage);
  move_all(later.media, decision.media);
  move_all(later.unsupported, decision.unsupported);
  if (later.send) decision.send = std::move(later.send);
  if (later.react) decision.react = std::move(later.react);
  if (later.proved) decision.proved = std::move(later.proved);
  decision.consent_changed |= later.consent_changed;
  move_all(later.identities, decision.identities);
  decision.identities_at = std::max(decision.identities_at, later.identities_at);
  decision.ids_of_recipient |= later.ids_of_recipient;
  if (later.given_up) decision.given_up = std::move(later.given_up);
  if (later.contact_name) {
    decision.contact_name = std::move(later.contact_name);
    decision.name_in_book = later.name_in_book;
  }
}

void hand_to_human(Decision& decision, const Rules& rules, Millis now, bool with_deadline) {
  auto& row = decision.next.row;
  cancel_turn(decision);
  row.set_handler(api::HANDLER_HUMAN);
  if (row.handover_deadline_ms() != 0) {
    decision.timers.push_back({TimerKind::handover, row.handover_deadline_ms(), false, 0});
    row.set_handover_deadline_ms(0);
  }
  if (!with_deadline) return;
  row.set_handover_deadline_ms(now + rules.handover_deadline);
  decision.timers.push_back(
      {TimerKind::handover, row.handover_deadline_ms(), true, row.turn().generation()});
}

// If the AI's answer failed and will not be resent, the conversation is handed to a person.
void call_person(Decision& decision, const StoredMessage& message, const Rules& rules, Millis now) {
  auto& row = decision.next.row;
  const bool unanswered =
      message.row.status() == api::MESSAGE_STATUS_FAILED && message.row.author() == api::AUTHOR_AI;
  const bool goes_again = row.resend_message() == message.id.view();
  if (!unanswered || goes_again || row.handler() != api::HANDLER_AI || opted_out(row)) return;
  hand_to_human(decision, rules, now, true);
  row.set_status(api::CONVERSATION_STATUS_OPEN);
  decision.state_changed = true;
  decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
}

void remember_outgoing(record::Conversation& row, const StoredMessage& message) {
  if (row.recent_out_ms_size() >= limits::kRecentOutgoing) {
    row.mutable_recent_out_ms()->erase(row.recent_out_ms().begin());
    row.mutable_recent_out_order()->erase(row.recent_out_order().begin());
  }
  row.add_recent_out_ms(message.row.created_ms());
  row.add_recent_out_order(order_of(message.id));
}

void note_unreachable(Decision& decision, const std::string& error_code, Millis at) {
  constexpr std::array<std::string_view, 5> kOfContact{
      "unreachable", "invalid_recipient", "invalid_number", "unknown_number", "landline"};
  auto& row = decision.next.row;
  if (std::find(kOfContact.begin(), kOfContact.end(), error_code) == kOfContact.end()) return;
  if (at < row.last_inbound_ms() || at <= row.unreachable_ms()) return;
  row.set_unreachable(error_code);
  row.set_unreachable_ms(at);
  decision.state_changed = true;
  decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
}

void note_reached(Decision& decision, Millis at) {
  auto& row = decision.next.row;
  if (row.unreachable().empty() || at < row.unreachable_ms()) return;
  row.clear_unreachable();
  row.clear_unreachable_ms();
  decision.state_changed = true;
  decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
}

void reseal(State& next) { next.row.clear_sealed(); }

void note_number(State& next, const ChannelEvent& event) {
  const auto named = std::find_if(event.identities.begin(), event.identities.end(),
                                  [](const auto& one) { return one.kind == "wa_id"; });
  const bool told = named != event.identities.end();
  const bool replaces = event.kind == ChannelEvent::Kind::identity && !event.target_id.empty();
  // A contact identified by the number itself needs no extra number. After a change of ids, a
  // missing number clears the old one.
  if (told ? named->value == event.thread : !replaces) return;
  const std::string number = told ? named->value : std::string();
  if (std::tuple(event.at, number) <= std::tuple(next.row.number_ms(), next.body.number())) return;
  next.row.set_number_ms(event.at);
  if (number == next.body.number()) return;
  next.body.set_number(number);
  reseal(next);
}

Decision decide_number_lost(const State& state, const ChannelEvent& event) {
  Decision decision;
  decision.next = state;
  if (!state.exists) decision.ignored = "not_a_contact";
  if (!state.exists) return decision;
  decision.changed = true;
  decision.given_up = GivenUp{event.target_id, event.at, true};
  auto& next = decision.next;
  if (next.body.number() == event.target_id) next.body.clear_number();
  if (next.thread == event.target_id) next.thread = event.thread;
  reseal(next);
  decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
  return decision;
}

void note_referral(State& next, const ChannelEvent& event) {
  if (!event.referral) return;
  auto& body = next.body;
  const auto rank = [](Millis at, const api::Referral& referral) {
    return std::tuple(at, referral.SerializeAsString());
  };
  if (body.has_referral() &&
      rank(event.at, *event.referral) <= rank(body.referral_ms(), body.referral()))
    return;
  *body.mutable_referral() = *event.referral;
  body.set_referral_ms(event.at);
  reseal(next);
}

api::MessageStatus shown_status(const record::Message& message, const record::Conversation& row) {
  if (message.direction() != api::DIRECTION_OUT) return message.status();
  if (message.status() < api::MESSAGE_STATUS_SENT || message.status() == api::MESSAGE_STATUS_FAILED)
    return message.status();
  if (message.created_ms() <= row.contact_read_ms()) return api::MESSAGE_STATUS_READ;
  if (message.created_ms() <= row.contact_delivered_ms())
    return std::max(message.status(), api::MESSAGE_STATUS_DELIVERED);
  return message.status();
}

}  // namespace aura::conversation
