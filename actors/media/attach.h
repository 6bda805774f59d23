// Attachments that refer to media: checked when a message is written, given their link when it is
// shown or sent. Point reads only.
#pragma once

#include "actors/media/media_rows.h"
#include "runtime/media_link.h"

namespace aura::media {

// The files that a message may use: those of the contact, and on the business's side also the
// workspace's.
struct Allowed {
  Id workspace;
  Id contact;
  bool workspace_files = false;
  Millis now = 0;
};

// Fills in the facts of the stored file. Errc::invalid with the field if there is no such file or
// its type does not fit the attachment. An attachment without a media id is left unchanged.
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

// Marks the uploads as used by a message: from now on they live as long as the message.
Result<void> keep_upload(const storage::Reader& reader, storage::Vault& vault, const Id& workspace,
                         const api::Attachment& attachment, storage::Commit& commit);

template <class Attachments>
Result<void> keep_uploads(const storage::Reader& reader, storage::Vault& vault, const Id& workspace,
                          const Attachments& attachments, storage::Commit& commit) {
  for (const api::Attachment& attachment : attachments)
    if (auto kept = keep_upload(reader, vault, workspace, attachment, commit); !kept) return kept;
  return {};
}

// Sets our link on attachments that have a copy of ours. Null `links`: no change.
void link(const Id& workspace, const MediaLinks* links, std::chrono::seconds life,
          api::Attachment& attachment);
void link(const Id& workspace, const MediaLinks* links, api::Message& message);

}  // namespace aura::media
