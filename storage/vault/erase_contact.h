// Erases the rows of a contact: called by its conversation, and again for restored data. The caller
// destroys its key. Rows that identify nobody stay: the hashed external ids (so that a repeated
// event is not taken for new) and the consent. Pure except for reads.
#pragma once

#include "storage/store.h"

namespace aura::storage {

struct ContactPlace {
  Id workspace, contact;
  Id channel, conversation;  // the conversation that owns it
  Millis inbox_ms = 0;       // time in the conversation's inbox key
};
void erase_contact_rows(const ContactPlace& of, Commit& commit);

// Ends all merges of the contact, in both directions.
Result<void> erase_merges(const Reader& reader, const Id& workspace, const Id& contact,
                          Commit& commit);

}  // namespace aura::storage
