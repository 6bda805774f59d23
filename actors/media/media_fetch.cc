// One fetch: asks the provider for the download address (if necessary), streams the bytes into
// parts, one commit at a time, and lets the conversation record the outcome in the commit that ends
// the pending row. The message itself was published long before.
#include "actors/channel_rows.h"
#include "actors/media/media_actor.h"
#include "config/limits.h"
#include "runtime/log.h"
#include "runtime/media_type.h"
#include "runtime/metrics.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using media::Verdict;
using storage::Family;

namespace {

constexpr std::chrono::milliseconds kUnreadAgain{10'000};
constexpr std::chrono::milliseconds kRecordAgain{1000};
constexpr int kMaxRecordTries = 10;

metrics::Counter counted(const char* state) {
  return metrics::counter("aura_media_total", "Media of contacts that were dealt with, by end.",
                          {{"state", state}});
}

}  // namespace

// Loads the adapter, which knows how to fetch its media. False: the channel is gone, and only plain
// links work.
Result<bool> MediaActor::load_channel(Job& job) {
  const Id channel = Id::from_view(job.stored.row.channel());
  const auto row = channel_rows::load(services_.reader, workspace_, channel);
  if (!row && row.error().code == Errc::not_found) return false;
  if (!row) return tl::unexpected(row.error());
  const auto adapter = services_.adapters.find(row->channel().type());
  if (adapter == services_.adapters.end()) return false;
  job.adapter = adapter->second;
  auto credentials = channel_rows::open_credentials(services_.vault, workspace_, channel, *row);
  if (!credentials) return tl::unexpected(credentials.error());
  job.credentials = std::move(*credentials);
  return true;
}

void MediaActor::start(std::uint64_t number) {
  Job& job = *find(number);
  const record::MediaBody& body = job.stored.body;
  job.source = {body.source_url(), body.provider_id(), body.sha256_base64(), body.authorised()};
  const auto part = services_.reader.get(
      Family::blob, keys::blob(workspace_, job.place.ref.owner, job.place.ref.id, 0));
  const auto known = load_channel(job);
  if (!part || !known) {
    log::error("media_unreadable",
               {{"path", card_->path}, {"reason", (part ? known.error() : part.error()).detail}});
    jobs_.erase(number);
    return look_later(kUnreadAgain);
  }
  job.stale_parts = part->has_value();
  if (services_.fetcher == nullptr)
    return settle(number, {.kind = Verdict::Kind::failed, .why = "Files are not fetched here."},
                  {});
  if (!*known && (job.source.url.empty() || job.source.authorised))
    return settle(number,
                  {.kind = Verdict::Kind::failed, .why = "The channel is not connected any more."},
                  {});
  if (job.adapter != nullptr) {
    if (auto call = job.adapter->compose_media_lookup(job.source, job.credentials)) {
      services_.provider.call(std::move(*call), [to = self(), number](ProviderReply reply) {
        caf::anon_send(to, MediaLookedUp{number, std::move(reply)});
      });
      return;
    }
    job.target = job.adapter->media_target(job.source, job.credentials);
  } else {
    job.target = {.url = job.source.url, .sha256 = job.source.sha256_base64};
  }
  fetch(number);
}

void MediaActor::on_looked_up(MediaLookedUp& answer) {
  Job* job = find(answer.job);
  if (job == nullptr) return;
  auto target = job->adapter->read_media_lookup(job->source, answer.reply, job->credentials);
  if (target) {
    job->target = std::move(*target);
    return fetch(answer.job);
  }
  Verdict verdict{.kind = Verdict::Kind::retry, .why = target.error().detail};
  if (target.error().code == Errc::not_found) verdict.kind = Verdict::Kind::expired;
  if (target.error().code == Errc::unsupported) verdict.kind = Verdict::Kind::failed;
  settle(answer.job, verdict, {});
}

void MediaActor::fetch(std::uint64_t number) {
  Job& job = *find(number);
  MediaFetcher::Sink sink;
  sink.piece = [to = self(), number](std::string bytes, MediaFetcher::GoOn go_on) {
    caf::anon_send(to, MediaPiece{number, std::move(bytes), std::move(go_on)});
  };
  sink.done = [to = self(), number](FetchEnd end) {
    caf::anon_send(to, MediaFetchEnded{number, std::move(end)});
  };
  services_.fetcher->fetch(job.target, media::most_bytes(job.stored.body.type()), std::move(sink));
}

// The next piece is requested when this one is on disk, so memory holds one piece per fetch.
void MediaActor::on_piece(MediaPiece& piece) {
  Job* job = find(piece.job);
  if (job == nullptr) return piece.go_on(false);
  storage::Commit commit;
  media::fence(job->place, job->stored, commit);
  if (std::exchange(job->stale_parts, false)) media::erase_parts(job->place, commit);
  job->gathered.add(piece.bytes, job->place, *job->key, commit);
  if (commit.mutations.empty()) return piece.go_on(true);
  CoreActor::commit(std::move(commit), [this, number = piece.job,
                                        go_on = piece.go_on](const storage::CommitResult& result) {
    if (result.code == Errc::ok) return go_on(true);
    go_on(false);
    if (result.code == Errc::conflict) {  // unsent meanwhile: erase the stored parts
      storage::Commit gone;
      media::erase_parts(find(number)->place, gone);
      forget(std::move(gone));
    } else {
      look_later(kRecordAgain);
    }
    end_job(number);
  });
}

void MediaActor::on_fetch_ended(MediaFetchEnded& ended) {
  Job* job = find(ended.job);
  if (job == nullptr) return;
  std::string declared = ended.end.content_type;
  if (declared.empty() || declared.starts_with("application/octet-stream") ||
      declared.starts_with("binary/"))
    declared = job->stored.body.declared_type();
  const std::string type = media_type_of(job->gathered.head(), declared);
  settle(ended.job, media::judge(*job, ended.end, type), type);
}

void MediaActor::settle(std::uint64_t number, const Verdict& verdict,
                        const std::string& content_type) {
  Job& job = *find(number);
  record::Media& row = job.stored.row;
  const bool last = row.attempts() + 1 >= limits::kMediaAttempts;
  if (verdict.kind != Verdict::Kind::stored)
    log::info("media_not_fetched",
              {{"path", card_->path}, {"why", verdict.why}, {"attempt", row.attempts() + 1}});
  if (verdict.kind == Verdict::Kind::retry && !last) return try_again(number, verdict);
  storage::Commit commit;
  row.set_attempts(row.attempts() + 1);
  if (verdict.kind == Verdict::Kind::stored) {
    if (job.stale_parts) media::erase_parts(job.place, commit);
    job.gathered.finish(job.place, *job.key, commit);
    row.set_state(record::Media::STATE_STORED);
    row.set_content_type(content_type);
    row.set_size_bytes(job.gathered.size());
    counted("stored").add();
  } else {
    const bool expired = verdict.kind == Verdict::Kind::expired;
    row.set_state(expired ? record::Media::STATE_EXPIRED : record::Media::STATE_FAILED);
    row.set_error(verdict.why);
    media::erase_parts(job.place, commit);
    counted(expired ? "expired" : "failed").add();
  }
  job.stored.body.clear_source_url();  // no longer needed
  media::clear_due(job.place, job.stored, commit);
  media::put_unfenced(job.place, job.stored, *job.key, commit);
  job.rows = std::move(commit.mutations);
  record(number);
}

void MediaActor::try_again(std::uint64_t number, const Verdict& verdict) {
  Job& job = *find(number);
  record::Media& row = job.stored.row;
  row.set_attempts(row.attempts() + 1);
  const Millis wait = std::max(verdict.retry_after_ms.value_or(0), media::backoff(row.attempts()));
  storage::Commit commit;
  media::set_due(job.place, job.stored,
                 now() + services_.random.jitter(std::chrono::milliseconds(wait), 0.2).count(),
                 commit);
  media::put(job.place, job.stored, *job.key, commit);
  CoreActor::commit(std::move(commit), [this, number](const storage::CommitResult& result) {
    if (result.code != Errc::ok) look_later(kRecordAgain);
    end_job(number);
  });
}

// The conversation owns the message: its commit stores the outcome, or erases it with the message.
void MediaActor::record(std::uint64_t number) {
  Job* job = find(number);
  if (job == nullptr) return;
  const record::Media& row = job->stored.row;
  RecordMedia record;
  record.finished.message = Id::from_view(row.message());
  record.finished.attachment = row.attachment();
  record.finished.media_id = format_media(job->place.ref);
  record.finished.state = static_cast<api::MediaState>(row.state());
  record.finished.mime_type = row.content_type();
  record.finished.size_bytes = row.size_bytes();
  record.finished.error = row.error();
  record.rows = job->rows;
  storage::Commit gone;
  media::erase(job->place, gone);
  for (const auto& mutation : job->rows)
    if (mutation.family == Family::media_due) gone.mutations.push_back(mutation);
  record.gone = std::move(gone.mutations);
  record.reply = OnceReply<std::monostate>([to = self(), number](Result<std::monostate> result) {
    caf::anon_send(to, MediaRecorded{number, result ? Errc::ok : result.error().code});
  });
  send(parent_,
       ToConversation{workspace_, Id::from_view(row.conversation()), Id{}, std::move(record)});
}

void MediaActor::on_recorded(const MediaRecorded& recorded) {
  Job* job = find(recorded.job);
  if (job == nullptr) return;
  if (recorded.code == Errc::ok) return end_job(recorded.job);
  if (++job->record_tries < kMaxRecordTries) {
    delayed_send(this, kRecordAgain, TickRecordMedia{recorded.job});
    return;
  }
  look_later(kRecordAgain * kMaxRecordTries);  // its row is still due: fetch it again
  end_job(recorded.job);
}

}  // namespace aura
