// Attachments that name media: checked when a message is written, given their link when it is shown
// or sent. Point reads only.
#pragma once

#include <google/protobuf/repeated_field.h>

#include "actors/media/media_rows.h"
#include "runtime/media_link.h"

namespace aura::media {

using Attachments = google::protobuf::RepeatedPtrField<api::Attachment>;

// Who may use what: a contact's conversation its own files, the workspace's side also its own.
struct Allowed {
  Id workspace;
  Id contact;
  bool workspace_files = false;
};

// Fills in what the stored file says. Errc::invalid with the field if an id names no such file or
// the file is no such thing as the attachment says.
Result<void> check_uploads(const storage::Reader& reader, storage::Vault& vault,
                           const Allowed& allowed, Attachments& attachments);

// Puts our link where there is a copy of ours. Without links, nothing changes.
void link(const Id& workspace, const MediaLinks* links, std::chrono::seconds life,
          api::Attachment& attachment);
void link(const Id& workspace, const MediaLinks* links, api::Message& message);

}  // namespace aura::media
