// Decisions about the channel's events: messages, echoes, names and ids (decide_inbound.cc), and
// what refers to another message (decide_parented.cc). consent.h has the opt-outs.
#pragma once

#include "actors/conversation/decision.h"

namespace aura::conversation {

Decision decide_event(const State& state, const ChannelEvent& event, const Rules& rules,
                      const Lookup& stored, Millis now);
Decision decide_parented(const State& state, const ChannelEvent& event, const Rules& rules,
                         const Lookup& stored, Millis now);
Decision decide_watermark(const State& state, const ChannelEvent& event, const Rules& rules,
                          const Lookup& stored, Millis now);
// A number that the contact wrote from is another person's now: messages go by the user id, which
// the actor has put into `thread`.
Decision decide_number_lost(const State& state, const ChannelEvent& event);
// Renders a message of a formerly unknown kind with the current adapter: decide_projection.cc
Decision decide_projection(const State& state, const Id& message, const Rules& rules,
                           const Lookup& stored);

// Whether a message that comes again is the one that was stored, and not another under its id.
bool repeats(const ChannelEvent& event, const StoredMessage& stored);
// Copies the content besides the text.
void copy_content(const ChannelEvent& event, record::MessageBody& body);
// True if the event changed the message. A status applies to the part with `external_id`.
bool apply_parented(StoredMessage& message, const std::string& external_id,
                    const record::ParentedEvent& event);

}  // namespace aura::conversation
