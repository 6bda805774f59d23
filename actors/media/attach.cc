#include "actors/media/attach.h"

#include "runtime/media_type.h"

namespace aura::media {
namespace {

constexpr Millis kAboutToGo = 60'000;  // before an unused upload is erased

tl::unexpected<Error> unknown(const std::string& field) {
  return fail(Errc::invalid,
              field + " names no uploaded file that this conversation may send; upload it first.",
              field);
}

// Any file may be sent as "file", a WebP image also as "sticker", otherwise only as its own type.
Result<void> check_type(const std::string& type, const std::string& mime,
                        const std::string& field) {
  const std::string own = attachment_type_of(mime);
  const bool may_stick = mime == "image/webp";
  if (type == "file" || type == own || (may_stick && type == "sticker")) return {};
  std::string allowed = "\"file\"";
  if (may_stick) allowed = "\"sticker\" or " + allowed;
  if (own != "file") allowed = "\"" + own + "\"" + (may_stick ? ", " : " or ") + allowed;
  return fail(Errc::invalid, field + " must be " + allowed + ": the uploaded file is " + mime + ".",
              field);
}

}  // namespace

Result<void> check_upload(const storage::Reader& reader, storage::Vault& vault,
                          const Allowed& allowed, std::size_t index, api::Attachment& attachment) {
  attachment.clear_state();
  attachment.clear_media_error();
  if (!attachment.has_media_id()) return {};
  const std::string pointer = "/attachments/" + std::to_string(index);
  const std::string field = pointer + "/media_id";
  const auto ref = parse_media(attachment.media_id());
  if (!ref) return unknown(field);
  const bool own = ref->owner.empty() ? allowed.workspace_files : ref->owner == allowed.contact;
  if (!own) return unknown(field);
  const Place place{allowed.workspace, *ref};
  const auto key = owner_key(vault, place);
  if (!key && key.error().code == Errc::not_found) return unknown(field);
  if (!key) return tl::unexpected(key.error());
  const auto stored = load(reader, place, **key);
  if (!stored) return tl::unexpected(stored.error());
  if (!*stored || (*stored)->row.state() != record::Media::STATE_STORED) return unknown(field);
  const Millis due = (*stored)->row.due_ms();
  if (due != 0 && due < allowed.now + kAboutToGo) return unknown(field);
  const std::string& type = (*stored)->row.content_type();
  if (attachment.type().empty()) attachment.set_type(attachment_type_of(type));
  if (auto fits = check_type(attachment.type(), type, pointer + "/type"); !fits) return fits;
  attachment.set_mime_type(type);
  attachment.set_size_bytes((*stored)->row.size_bytes());
  attachment.clear_animated();
  if ((*stored)->row.animated()) attachment.set_animated(true);
  if (!attachment.has_filename() && !(*stored)->body.filename().empty())
    attachment.set_filename((*stored)->body.filename());
  attachment.set_state(api::MEDIA_STATE_STORED);
  attachment.clear_url();
  return {};
}

Result<void> keep_upload(const storage::Reader& reader, storage::Vault& vault, const Id& workspace,
                         const api::Attachment& attachment, storage::Commit& commit) {
  const auto ref =
      attachment.has_media_id() ? parse_media(attachment.media_id()) : std::optional<MediaRef>();
  if (!ref) return {};
  const Place place{workspace, *ref};
  const auto key = owner_key(vault, place);
  if (!key) return tl::unexpected(key.error());
  auto stored = load(reader, place, **key);
  if (!stored) return tl::unexpected(stored.error());
  if (!*stored || (*stored)->row.due_ms() == 0) return {};
  clear_due(place, **stored, commit);
  put_unfenced(place, **stored, **key, commit);
  return {};
}

void link(const Id& workspace, const MediaLinks* links, std::chrono::seconds life,
          api::Attachment& attachment) {
  if (links == nullptr || attachment.state() != api::MEDIA_STATE_STORED) return;
  if (const auto ref = parse_media(attachment.media_id()))
    attachment.set_url(links->url(workspace, *ref, life));
}

void link(const Id& workspace, const MediaLinks* links, api::Message& message) {
  for (api::Attachment& attachment : *message.mutable_attachments())
    link(workspace, links, MediaLinks::kShown, attachment);
}

}  // namespace aura::media
