// Adds a feed row that names only the id of what changed (a contact, catalog item, document, the
// workspace, or a deleted channel); readers load the resource again. Part of the commit that makes
// the change. Pure.
#pragma once

#include "storage/keys.h"
#include "storage/schema/records.pb.h"
#include "storage/store.h"

namespace aura {

inline void tell_change(record::Feed::Kind kind, const Id& workspace, const Id& subject, Millis now,
                        storage::Commit& commit) {
  record::Feed row;
  row.set_kind(kind);
  row.set_subject(std::string(subject.view()));
  row.set_at_ms(now);
  commit.appends.push_back(
      {storage::Family::feed, storage::keys::head(workspace), row.SerializeAsString()});
}

}  // namespace aura
