// Echoes that carry nothing of ours (Instagram's): whether one shows what a call of ours sent whose
// answer is not known. Pure: the connection asks of the sends on their way, the conversation of
// those that ended while nobody knew what had become of them.
#pragma once

#include "actors/conversation/model.h"

namespace aura::conversation {

// An echo without our metadata.
bool is_nameless(const ChannelEvent& event);

// The same words at about the time of the call.
bool may_be_echo_of(const api::SendAttempt& call, const ChannelEvent& echo,
                    const OutboundMessage& message, const ChannelAdapter& adapter);

// The recent message that it is a late echo of: one of its calls was cut off.
std::optional<Id> cut_off_message(const State& state, const ChannelEvent& echo, const Rules& rules,
                                  const Lookup& stored);

// It is known now by which id the provider took it: a logged call whose answer was never read is
// answered.
void answer_call(record::Message& row, const std::string& external_id);

}  // namespace aura::conversation
