// The rows that go with an erased contact, wherever it is erased: by its conversation, or again in
// restored data. Its key is destroyed apart. What stays names nobody: the rows of providers' ids
// (so that what is told again is not taken for new) and what it allowed. Pure but for the reader.
#pragma once

#include "storage/store.h"

namespace aura::storage {

struct ContactPlace {
  Id workspace, contact;
  Id channel, conversation;  // of the conversation that owns it
  Millis inbox_ms = 0;       // where that stands in the inbox
};
void erase_contact_rows(const ContactPlace& of, Commit& commit);

// It is shown as a part of no other any more, and no other as a part of it.
Result<void> erase_merges(const Reader& reader, const Id& workspace, const Id& contact,
                          Commit& commit);

}  // namespace aura::storage
