// Decisions about messages of ours: written by a person or the AI (decide_outbound.cc), and how
// their sends ended (decide_sent.cc).
#pragma once

#include <string_view>

#include "actors/agent/agent.h"
#include "actors/conversation/decision.h"
#include "runtime/result.h"

namespace aura::conversation {

// The error code of a send whose outcome is unknown; a later echo can still prove that it arrived.
inline constexpr const char* kUnknown = "unknown";

Result<Decision> decide_send(const State& state, const api::MessageInput& input, const Rules& rules,
                             const Lookup& stored, Millis now);
Result<Decision> decide_proposal(const State& state, std::uint64_t generation,
                                 const agent::Proposal& proposal, const Rules& rules, Millis now);
// Notifies the contact that a person was called. nullopt if no message may be sent now, or only the
// one private reply to a comment, which is kept for the person.
std::optional<Decision> decide_notice(const State& state, std::string_view words,
                                      const Rules& rules, Millis now);
// A person reacts to a message; an empty emoji takes the reaction back.
Result<Decision> decide_react(const State& state, const Id& message, const std::string& emoji,
                              const Rules& rules, const Lookup& stored, Millis now);

Decision decide_send_finished(const State& state, const SendFinished& finished, const Rules& rules,
                              const Lookup& stored, Millis now);
// Logs calls that did not end the send; `outcome` is not used.
Decision decide_attempts(const State& state, const SendFinished& so_far, const Lookup& stored);
// A person sends a failed message once more.
Result<Decision> decide_retry(const State& state, const Id& message, const Rules& rules,
                              const Lookup& stored, Millis now);
// Resends a message once that the provider failed to deliver, after the delay named by its status;
// a timer triggers it. One message per conversation at a time; others are left to people.
void plan_resend(Decision& decision, StoredMessage& message, const ChannelEvent& event, Millis now);
Decision decide_resend_due(const State& state, const Rules& rules, const Lookup& stored,
                           Millis now);

}  // namespace aura::conversation
