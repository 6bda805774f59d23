// The API's resources, made from stored rows. Pure; any thread may call.
#pragma once

#include "actors/conversation/model.h"
#include "storage/schema/api.pb.h"

namespace aura::views {

// `reply_to` is resolved from the quoted message's external id if it came later than the quote.
api::Message message(const conversation::StoredMessage& stored, const record::Conversation& row,
                     const Id& conversation, const conversation::Lookup& lookup);

api::Contact contact(const Id& id, const record::Contact& row, const record::ContactBody& body);

// Of `rules` only the windows' lengths count.
api::Conversation conversation(const Id& id, const conversation::State& state,
                               const conversation::Rules& rules, api::Contact contact,
                               std::optional<api::Message> last_message);

}  // namespace aura::views
