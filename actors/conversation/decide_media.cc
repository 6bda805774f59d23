// Attachments to be fetched: the message is stored and announced at once, and updated when the
// fetch has succeeded or finally failed.
#include "actors/conversation/media.h"
#include "config/limits.h"
#include "runtime/media_ref.h"

namespace aura::conversation {

void expect_media(Decision& decision, const ChannelEvent& event) {
  StoredMessage& message = decision.messages.back();
  if (message.row.deleted()) return;
  const Id owner = Id::from_view(decision.next.row.contact());
  auto& attachments = *message.body.mutable_attachments();
  const std::size_t count =
      std::min({event.media.size(), static_cast<std::size_t>(attachments.size()),
                static_cast<std::size_t>(limits::kFetchedAttachments)});
  for (std::size_t i = 0; i < count; ++i) {
    const MediaSource& source = event.media[i];
    if (source.url.empty() && source.provider_id.empty()) continue;
    api::Attachment& attachment = attachments[static_cast<int>(i)];
    attachment.set_media_id(format_media({owner, media_id_of(message.id, i)}));
    attachment.set_state(api::MEDIA_STATE_PENDING);
    if (source.authorised) attachment.clear_url();  // the URL requires our credentials
    message.row.set_media_count(static_cast<std::uint32_t>(i + 1));
    decision.media.push_back({message.id, static_cast<std::uint32_t>(i), source});
  }
}

Decision decide_media_finished(const State& state, const MediaFinished& finished,
                               const Lookup& stored) {
  Decision decision;
  decision.next = state;
  auto message = state.exists ? stored.message(finished.message) : std::nullopt;
  const bool there =
      message && !message->row.deleted() &&
      finished.attachment < static_cast<std::uint32_t>(message->body.attachments_size());
  auto* const attachment =
      there ? message->body.mutable_attachments(static_cast<int>(finished.attachment)) : nullptr;
  if (attachment == nullptr || attachment->media_id() != finished.media_id) {
    decision.ignored = "message_gone";
    return decision;
  }
  attachment->set_state(finished.state);
  attachment->clear_url();
  if (finished.state == api::MEDIA_STATE_STORED) {
    attachment->set_mime_type(finished.mime_type);
    attachment->set_size_bytes(finished.size_bytes);
  } else {
    attachment->set_media_error(finished.error);
  }
  decision.changed = true;
  decision.state_changed = false;
  decision.feed.push_back(
      {record::Feed::KIND_MESSAGE_UPDATED, finished.message, message->row.status()});
  decision.messages.push_back(std::move(*message));
  return decision;
}

}  // namespace aura::conversation
