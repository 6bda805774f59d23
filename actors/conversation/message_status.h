// What became of an outgoing message. The provider tells it of each part, under the part's id, in
// any order; the message failed if a part of it did, else it is as far as the part that is least
// far. Pure functions over the message's row, used on its conversation's thread.
#pragma once

#include <string>

#include "storage/schema/records.pb.h"

namespace aura::conversation {

// It is about to be sent, or sent anew.
void begin_send(record::Message& row);
// No more calls follow: all parts were accepted, or the rest of them failed for this reason.
void end_send(record::Message& row);
void fail_send(record::Message& row, const record::PartStatus& reason);

// The provider took a part under this id, as its call's answer says; until the send has ended that
// alone does not make the message sent.
void add_part(record::Message& row, const std::string& external_id);
// … as an echo or a status says, perhaps before the call's answer: the message is sent.
void prove_part(record::Message& row, const std::string& external_id);
// A status of the part; true if it says something new, even if the message as a whole shows the
// same.
bool take_status(record::Message& row, const std::string& external_id,
                 const record::ParentedEvent& event);

}  // namespace aura::conversation
