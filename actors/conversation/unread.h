// How many of a contact's messages nobody of the business has seen. By provider time: in any order
// of arrival the same ones count. Pure functions over the conversation's row, used on its thread.
#pragma once

#include "runtime/clock.h"
#include "storage/schema/records.pb.h"

namespace aura::conversation {

// The contact wrote: it counts unless the business's side wrote later.
void count_unread(record::Conversation& row, Millis at);
// Its message was taken back.
void forget_unread(record::Conversation& row, Millis at);
// Somebody of the business wrote elsewhere: they had seen what came before.
void answered_elsewhere(record::Conversation& row, Millis at);
// Somebody read it here, or marks as many as unread again.
void set_unread(record::Conversation& row, int count);

}  // namespace aura::conversation
