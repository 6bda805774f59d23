// The status of an outgoing message. The provider reports the status of each part under the part's
// id, in any order. The message has failed if a part failed; otherwise it has the lowest status of
// its parts. A part that was resent after a cut-off call has perhaps arrived twice: the copy that
// came furthest counts. Pure functions over the message row, used on the conversation actor.
#pragma once

#include <string>
#include <vector>

#include "storage/schema/records.pb.h"

namespace aura::conversation {

// The parts that the provider accepted, several copies of one as one.
std::vector<record::PartStatus> parts_of(const record::Message& row);

// The message is about to be sent, or sent again.
void begin_send(record::Message& row);
// The send is finished: all parts were accepted, or the remaining ones failed for `reason`.
void end_send(record::Message& row);
void fail_send(record::Message& row, const record::PartStatus& reason);

// The call's answer reported that the provider accepted a part under this id. The message becomes
// sent only when the send ends.
void add_part(record::Message& row, const std::string& external_id);
// The provider took the message, but holds it back for `reason`: it is not sent until a status says
// so.
void hold_part(record::Message& row, const record::PartStatus& reason);
// An echo or a status, perhaps before the call's answer, proves that the part was sent: the status
// is derived at once.
void prove_part(record::Message& row, const std::string& external_id);
// Applies a status of the part; true if anything changed, even if the message's status did not.
bool take_status(record::Message& row, const std::string& external_id,
                 const record::ParentedEvent& event);

}  // namespace aura::conversation
