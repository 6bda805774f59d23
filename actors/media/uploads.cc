// Uploads: a completely received file is stored in commits of bounded size. Until the last commit
// its row is pending with a deadline; the leftovers of a crash are erased then. A visitor's upload
// stays due until a message uses it.
#include "actors/access/idempotency.h"
#include "actors/media/media_actor.h"
#include "actors/refusal.h"
#include "config/limits.h"
#include "runtime/in_ms.h"
#include "runtime/media_link.h"
#include "runtime/media_type.h"
#include "storage/keys.h"

namespace aura {

struct MediaActor::Taken {
  StoreUpload command;
  media::Place place;
  media::Stored stored;
  storage::DataKeyPtr key;
  std::size_t done = 0;  // bytes committed so far
  bool second_try = false;
};

api::Media MediaActor::shown(const Taken& taken) const {
  api::Media media = media::shown(taken.place, taken.stored);
  if (services_.media_links != nullptr)
    media.set_url(services_.media_links->url(workspace_, taken.place.ref));
  return media;
}

void MediaActor::handle(StoreUpload& command) {
  const auto size = static_cast<std::int64_t>(command.upload.bytes.size());
  if (command.visitor)
    if (auto taken = allowance_.take(*command.visitor, size, now()); !taken)
      return command.reply(tl::unexpected(std::move(taken.error())));
  auto taken = std::make_shared<Taken>();
  taken->place = {workspace_, {command.owner, new_id(now())}};
  taken->command = std::move(command);
  const Upload& upload = taken->command.upload;
  record::Media& row = taken->stored.row;
  row.set_upload(true);
  row.set_created_ms(now());
  row.set_content_type(media_type_of(upload.bytes, upload.declared_type));
  row.set_animated(is_animated_webp(upload.bytes));
  row.set_size_bytes(size);
  taken->stored.body.set_type(attachment_type_of(row.content_type()));
  taken->stored.body.set_filename(upload.filename);
  store_next(taken);
}

void MediaActor::store_next(const std::shared_ptr<Taken>& taken) {
  storage::Commit commit;
  media::fence(taken->place, taken->stored, commit);
  if (!taken->key) {
    auto key = media::owner_key(services_.vault, taken->place);
    if (!key && key.error().code == Errc::not_found && taken->command.may_make_key)
      key = services_.vault.create_contact_key(workspace_, taken->place.ref.owner, commit);
    if (!key) return taken->command.reply(tl::unexpected(key.error()));
    taken->key = *key;
    if (auto earlier = idempotency::find<api::Media>(services_.reader, workspace_,
                                                     taken->command.once, *taken->key, now()))
      return taken->command.reply(std::move(*earlier));
  }
  const std::string_view bytes = taken->command.upload.bytes;
  const std::size_t begin = taken->done;
  const std::size_t end = std::min(bytes.size(), begin + limits::kMediaCommitBytes);
  for (std::size_t at = begin; at < end; at += limits::kMediaPartBytes)
    media::put_part(taken->place, static_cast<std::uint32_t>(at / limits::kMediaPartBytes),
                    bytes.substr(at, std::min(limits::kMediaPartBytes, end - at)), *taken->key,
                    commit);
  const bool complete = end == bytes.size();
  if (complete) {
    taken->stored.row.set_state(record::Media::STATE_STORED);
    media::clear_due(taken->place, taken->stored, commit);
    if (taken->command.visitor)
      media::set_due(taken->place, taken->stored, now() + in_ms(limits::kUnusedUpload), commit);
    else
      commit.audit =
          storage::AuditEntry{now(), "api", "upload.create", format_media(taken->place.ref)};
    idempotency::remember(
        workspace_, taken->command.once, shown(*taken), *taken->key,
        taken->place.ref.owner.empty() ? std::string() : std::string(taken->place.ref.owner.view()),
        now(), commit);
  } else if (begin == 0) {
    media::set_due(taken->place, taken->stored, now() + in_ms(limits::kUploadTime), commit);
  }
  const bool made_key = !commit.keyring.empty();
  const media::Stored before = taken->stored;
  if (complete || begin == 0) media::put_unfenced(taken->place, taken->stored, *taken->key, commit);
  CoreActor::commit(std::move(commit), [this, taken, end, complete, made_key,
                                        before](const storage::CommitResult& result) {
    if (result.code == Errc::conflict && made_key && !taken->second_try) {
      taken->second_try = true;  // the conversation created the contact's key meanwhile
      taken->key.reset();
      taken->stored = before;
      return store_next(taken);
    }
    if (result.code != Errc::ok)
      return refuse(taken->command.reply,
                    result.code == Errc::conflict ? Errc::not_found : result.code);
    taken->done = end;
    if (!complete) return store_next(taken);
    if (taken->stored.row.due_ms() != 0) look();  // schedules its deadline
    taken->command.reply.ok(shown(*taken));
  });
}

}  // namespace aura
