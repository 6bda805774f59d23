// Makes the API's resources from stored rows. Pure; any thread may call.
#pragma once

#include "actors/conversation/state.h"
#include "storage/schema/api.pb.h"

namespace aura::views {

// Resolves `reply_to` by the quoted message's external id if that message arrived after the quote.
api::Message message(const conversation::StoredMessage& stored, const record::Conversation& row,
                     const Id& conversation, const conversation::Lookup& lookup);

api::Contact contact(const Id& id, const record::Contact& row, const record::ContactBody& body);

// Uses only the window lengths of `rules`.
api::Conversation conversation(const Id& id, const conversation::State& state,
                               const conversation::Rules& rules, api::Contact contact,
                               std::optional<api::Message> last_message);

}  // namespace aura::views
