// Attachments that name media: checked when a message is written, given their link when it is shown
// or sent. Point reads only.
#pragma once

#include "actors/media/media_rows.h"
#include "runtime/media_link.h"

namespace aura::media {

// Who may use what: a contact's conversation its own files, the workspace's side also its own.
struct Allowed {
  Id workspace;
  Id contact;
  bool workspace_files = false;
  Millis now = 0;
};

// Fills in what the stored file says. Errc::invalid with the field if the id names no such file or
// the file is no such thing as the attachment says. An attachment without an id stays as it is.
Result<void> check_upload(const storage::Reader& reader, storage::Vault& vault,
                          const Allowed& allowed, std::size_t index, api::Attachment& attachment);

template <class Attachments>
Result<void> check_uploads(const storage::Reader& reader, storage::Vault& vault,
                           const Allowed& allowed, Attachments& attachments) {
  std::size_t index = 0;
  for (api::Attachment& attachment : attachments)
    if (auto checked = check_upload(reader, vault, allowed, index++, attachment); !checked)
      return checked;
  return {};
}

// A message takes the uploads it names: from now on they live as long as it does.
Result<void> keep_upload(const storage::Reader& reader, storage::Vault& vault, const Id& workspace,
                         const api::Attachment& attachment, storage::Commit& commit);

template <class Attachments>
Result<void> keep_uploads(const storage::Reader& reader, storage::Vault& vault, const Id& workspace,
                          const Attachments& attachments, storage::Commit& commit) {
  for (const api::Attachment& attachment : attachments)
    if (auto kept = keep_upload(reader, vault, workspace, attachment, commit); !kept) return kept;
  return {};
}

// Puts our link where there is a copy of ours. Without links, nothing changes.
void link(const Id& workspace, const MediaLinks* links, std::chrono::seconds life,
          api::Attachment& attachment);
void link(const Id& workspace, const MediaLinks* links, api::Message& message);

}  // namespace aura::media
