// Echoes without our message id (Instagram): whether one belongs to a call of ours whose answer is
// unknown. Pure: used by the connection for messages in flight, and by the conversation for
// messages whose send ended with an unknown outcome.
#pragma once

#include "actors/conversation/state.h"

namespace aura::conversation {

// An echo without our metadata that may be ours all the same.
bool is_nameless(const ChannelEvent& event);

// Compares content, and the echo's time with the time of the call.
bool may_be_echo_of(const api::SendAttempt& call, const ChannelEvent& echo,
                    const OutboundMessage& message, const ChannelAdapter& adapter);

// The recent message with a cut-off call to which the late echo belongs.
std::optional<Id> cut_off_message(const State& state, const ChannelEvent& echo, const Rules& rules,
                                  const Lookup& stored);

// The external id is known now: completes a logged call whose answer was never read.
void answer_call(record::Message& row, const std::string& external_id);

}  // namespace aura::conversation
