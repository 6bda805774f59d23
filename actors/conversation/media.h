// The attachments of a message whose bytes have to be fetched: decide_media.cc
#pragma once

#include "actors/conversation/decision.h"

namespace aura::conversation {

// Marks the message's attachments as to be fetched; does nothing if the message was unsent.
void expect_media(Decision& decision, const ChannelEvent& event);
// Unchanged, with `ignored` set, if the attachment does not exist any more.
Decision decide_media_finished(const State& state, const MediaFinished& finished,
                               const Lookup& stored);

}  // namespace aura::conversation
