// A change that the event stream tells by the id of what changed, which its reader looks up again:
// of a contact, a catalog item, a document, the workspace, or of a channel that is gone. Pure; goes
// with the commit that makes the change.
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
