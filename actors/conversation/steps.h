// Steps that several decisions share: conversation.cc
#pragma once

#include "actors/conversation/decision.h"

namespace aura::conversation {

// Creates the conversation with its first event, of whatever kind.
void ensure_exists(Decision& decision, const ChannelEvent& event, const Rules& rules, Millis now);
// The next message id: sorts by provider time, then by the order in which the engine received the
// messages, even if one was applied late. `sequence`: journal sequence of the message's event; 0:
// no event, the message sorts after all others.
Id take_message_id(State& next, const Id& conversation, Millis at, std::uint64_t sequence);
void cancel_turn(Decision& decision);
void hand_to_human(Decision& decision, const Rules& rules, Millis now, bool with_deadline);
// Hands the conversation to a person if the changed status means that the AI's answer failed.
void call_person(Decision& decision, const StoredMessage& message, const Rules& rules, Millis now);
void remember_outgoing(record::Conversation& row, const StoredMessage& message);
void reseal(State& next);
// Marks the contact if the error code of a failed message means that none reaches them, …
void note_unreachable(Decision& decision, const std::string& error_code, Millis at);
// … and ends that: they wrote or received a message at this time.
void note_reached(Decision& decision, Millis at);
// Stores the newest phone number of a contact whose thread is named by another id.
void note_number(State& next, const ChannelEvent& event);
// Stores the newest referral, whatever the order of arrival.
void note_referral(State& next, const ChannelEvent& event);

// The event's provider time, or `now` if it has none.
Millis told_at(const ChannelEvent& event, Millis now);
// The contact's answer: the choice whose number the text gives, otherwise the text.
const std::string& meant(const record::MessageBody& body);
// The status to show: the message's own, or a higher one by the conversation's watermarks.
api::MessageStatus shown_status(const record::Message& message, const record::Conversation& row);

}  // namespace aura::conversation
