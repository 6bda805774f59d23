// The consent ledger: who stopped messages, all or the marketing ones only.
#pragma once

#include "actors/conversation/decision.h"
#include "runtime/result.h"

namespace aura::conversation {

// The error code of a send to a contact who has stopped messages.
inline constexpr const char* kOptedOut = "opted_out";

Decision decide_consent(const State& state, const ChannelEvent& event, const Rules& rules,
                        Millis now);
void note_consent(Decision& decision, const ChannelEvent& event, Millis now);
// The provider refused a send because of an opt-out that we did not know of.
void note_refused_send(Decision& decision, const SendFinished& finished, Millis now);

bool opted_out(const record::Conversation& row);
// What the contact said in another conversation counts in this one, too.
void adopt_consent(Decision& decision, const record::Consent& other);
// A message of the contact's ends an opt-out that is only a carrier's block.
void end_block(Decision& decision, const ChannelEvent& event, Millis now);
// Whether the ledger forbids the message; a marketing message also if only marketing was stopped.
bool forbids(const record::Consent& consent, bool marketing);
bool is_marketing(const api::Template& of);
// Errc::opted_out if sending is not allowed; `use`: the template to send, or null.
Result<void> check_consent(const State& state, const api::TemplateUse* use, const Lookup& stored);
// Replaces the event ids in a ledger of an earlier version by their hashes.
void mark_events(record::Consent& consent);

}  // namespace aura::conversation
