// The MediaLibrary port: uploads become commands to the workspace's media actor; reads go directly
// to storage on a read thread. Both are bounded by the bytes they hold in memory.
#include "actors/engine/engine_media.h"

#include <algorithm>

#include "actors/answered_read.h"
#include "actors/conversation/rows.h"
#include "actors/media/media_rows.h"
#include "config/limits.h"

namespace aura {
namespace {

tl::unexpected<Error> no_file() { return fail(Errc::not_found, "There is no such file."); }

// Resolves a range to offset and size; nullopt if it starts beyond the end.
struct Span {
  std::int64_t first = 0, size = 0;
};
std::optional<Span> span_of(const std::optional<ByteRange>& range, std::int64_t total) {
  if (!range) return Span{0, total};
  std::int64_t first = range->first.value_or(0);
  std::int64_t last = range->last.value_or(total - 1);
  if (!range->first) {
    first = std::max<std::int64_t>(0, total - last);
    if (last == 0) return std::nullopt;
    last = total - 1;
  }
  last = std::min(last, total - 1);
  if (first > last) return std::nullopt;
  return Span{first, std::min(last - first + 1, limits::kMediaRangeBytes)};
}

Result<MediaBytes> read_file(const Services& services, Gate& served, const media::Place& place,
                             const std::optional<ByteRange>& range) {
  const auto key = media::owner_key(services.vault, place);
  if (!key && key.error().code == Errc::not_found) return no_file();  // erased
  if (!key) return tl::unexpected(key.error());
  const auto stored = media::load(services.reader, place, **key);
  if (!stored) return tl::unexpected(stored.error());
  if (!*stored || (*stored)->row.state() != record::Media::STATE_STORED) return no_file();
  MediaBytes out;
  out.content_type = (*stored)->row.content_type();
  out.filename = (*stored)->body.filename();
  out.total = (*stored)->row.size_bytes();
  const auto span = span_of(range, out.total);
  if (!span) {
    out.out_of_range = true;
    return out;
  }
  const Permit permit = served.try_enter(span->size);
  if (!permit) return fail(Errc::overloaded, "Too many files are being read; please try again.");
  auto bytes = media::read(services.reader, place, **key, span->first, span->size);
  if (!bytes && bytes.error().code == Errc::not_found) return no_file();
  if (!bytes) return tl::unexpected(bytes.error());
  out.first = span->first;
  out.bytes = std::move(*bytes);
  return out;
}

}  // namespace

void EngineMedia::store(Id ws, StoreUpload command, Reply<api::Media> reply) {
  command.permit = uploads_.try_enter(static_cast<std::int64_t>(command.upload.bytes.size()));
  if (!command.permit)
    return reply(fail(Errc::overloaded, "Too many files are being stored; please try again."));
  auto owed = doors_.admit(std::move(reply));
  if (!owed) return;
  command.reply = std::move(*owed);
  doors_.send(ToWorkspace{ws, MediaCommand{std::move(command)}});
}

void EngineMedia::upload(Id ws, std::optional<Id> conversation, Upload upload,
                         MaybeIdempotency once, Reply<api::Media> reply) {
  StoreUpload command;
  if (conversation) {
    const auto state = conversation::load_state(doors_.services.reader, {ws, {}, *conversation});
    if (!state) return reply(tl::unexpected(state.error()));
    if (!state->exists)
      return reply(fail(Errc::invalid, "conversation_id names no conversation of this workspace.",
                        "conversation_id"));
    command.owner = Id::from_view(state->row.contact());
  }
  command.upload = std::move(upload);
  command.once = std::move(once);
  store(ws, std::move(command), std::move(reply));
}

void EngineMedia::upload(const ChatVisitor& visitor, Upload upload, Reply<api::Media> reply) {
  StoreUpload command;
  command.owner = conversation::contact_id(visitor.channel, visitor.thread);
  command.may_make_key = true;
  command.visitor = UploadSource{visitor.channel, command.owner, visitor.address};
  command.upload = std::move(upload);
  store(visitor.workspace, std::move(command), std::move(reply));
}

void EngineMedia::describe(Id ws, MediaRef media, Reply<api::Media> reply) {
  const media::Place place{ws, media};
  const auto key = media::owner_key(doors_.services.vault, place);
  if (!key && key.error().code == Errc::not_found) return reply(no_file());
  if (!key) return reply(tl::unexpected(key.error()));
  const auto stored = media::load(doors_.services.reader, place, **key);
  if (!stored) return reply(tl::unexpected(stored.error()));
  if (!*stored || (*stored)->row.state() != record::Media::STATE_STORED) return reply(no_file());
  api::Media shown = media::shown(place, **stored);
  if (doors_.services.media_links != nullptr)
    shown.set_url(doors_.services.media_links->url(ws, media));
  reply(std::move(shown));
}

void EngineMedia::read(Id ws, MediaRef media, std::optional<ByteRange> range,
                       Reply<MediaBytes> reply) {
  answered_read(doors_.services.read_pool, std::move(reply),
                [this, ws, media, range](const Reply<MediaBytes>& answer) {
                  answer(read_file(doors_.services, served_, {ws, media}, range));
                });
}

}  // namespace aura
