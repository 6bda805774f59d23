// The number of messages of the contact that the business has not seen. Based on provider times, so
// the order of arrival does not matter. Pure functions over the conversation row, used on its
// actor.
#pragma once

#include "runtime/clock.h"
#include "storage/schema/records.pb.h"

namespace aura::conversation {

// A message of the contact: counted unless the business wrote later.
void count_unread(record::Conversation& row, Millis at);
// The message was unsent.
void forget_unread(record::Conversation& row, Millis at);
// The business wrote from elsewhere, so it has seen all messages before that.
void answered_elsewhere(record::Conversation& row, Millis at);
// Set through the API: 0 when read, more to mark messages as unread.
void set_unread(record::Conversation& row, int count);

}  // namespace aura::conversation
