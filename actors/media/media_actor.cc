#include "actors/media/media_actor.h"

#include <algorithm>

#include "actors/tree/facts.h"
#include "config/limits.h"
#include "runtime/log.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr std::size_t kLookAt = 64;                       // due rows read at a time
constexpr std::chrono::milliseconds kAfterTrouble{2000};  // when storage or the read pool is busy
constexpr Millis kClockSlack = 60'000;  // a row's due time was computed before its commit
constexpr Millis kLongestTick = 3'600'000;

}  // namespace

MediaActor::MediaActor(caf::actor_config& config, Services& services, ActorCardPtr card,
                       Id workspace, caf::actor parent)
    : CoreActor(config, services, std::move(card)),
      workspace_(workspace),
      parent_(std::move(parent)) {}

caf::behavior MediaActor::make_behavior() {
  look();
  return {
      [this](MediaWaiting) { look(); },
      [this](StoreUpload& command) {
        const auto scope = busy();
        handle(command);
      },
      [this](DueMediaFound& found) {
        const auto scope = busy();
        on_found(found);
      },
      [this](MediaLookedUp& answer) {
        const auto scope = busy();
        on_looked_up(answer);
      },
      [this](MediaPiece& piece) {
        const auto scope = busy();
        on_piece(piece);
      },
      [this](MediaFetchEnded& ended) {
        const auto scope = busy();
        on_fetch_ended(ended);
      },
      [this](const MediaRecorded& recorded) { on_recorded(recorded); },
      [this](const TickRecordMedia& tick) { record(tick.job); },
      [this](TickMedia) {
        ticks_at_.reset();
        look();
      },
      [this](Committed& committed) {
        const auto scope = busy();
        on_committed(committed);
      },
      [this](StopActor) { quit(); },
  };
}

// One scan at a time; rows added meanwhile are found by the next scan.
void MediaActor::look() {
  if (looking_) {
    look_again_ = true;
    return;
  }
  const std::string prefix = keys::head(workspace_);
  const std::string start = keys::media_due(workspace_, low_, Id{}, Id{});
  looking_ = services_.read_pool.post([to = self(), &reader = services_.reader, prefix, start] {
    caf::anon_send(to, DueMediaFound{reader.scan(Family::media_due, prefix, start, kLookAt)});
  });
  if (!looking_) look_later(kAfterTrouble);
}

void MediaActor::look_later(std::chrono::milliseconds wait) {
  const Millis at = now() + wait.count();
  if (ticks_at_ && *ticks_at_ <= at) return;
  ticks_at_ = at;
  delayed_send(this, wait, TickMedia{});
}

void MediaActor::on_found(DueMediaFound& found) {
  looking_ = false;
  if (!found.rows) return look_later(kAfterTrouble);
  const auto& rows = *found.rows;
  const auto first = rows.empty() ? std::nullopt : keys::parse_media_due(rows.front().key);
  low_ = first ? std::min(first->due, now() - kClockSlack) : now() - kClockSlack;
  for (const auto& row : rows) {
    const auto due = keys::parse_media_due(row.key);
    if (!due) continue;
    if (due->due > now()) {
      look_later(std::chrono::milliseconds(std::min(due->due - now(), kLongestTick)));
      break;
    }
    if (jobs_.size() >= static_cast<std::size_t>(limits::kMediaFetches)) break;
    const MediaRef ref{due->owner, due->media};
    const bool known = std::any_of(jobs_.begin(), jobs_.end(),
                                   [&](const auto& job) { return job.second.place.ref == ref; });
    if (!known) begin(*due);
  }
  if (std::exchange(look_again_, false)) look();
}

// Starts the work on a due row; erases a row whose media no longer exist.
void MediaActor::begin(const keys::MediaDueKey& due) {
  Job job;
  job.place = {workspace_, {due.owner, due.media}};
  storage::Commit ended;
  ended.erase(Family::media_due, keys::media_due(workspace_, due.due, due.owner, due.media));
  const auto key = media::owner_key(services_.vault, job.place);
  if (!key && key.error().code == Errc::not_found) {  // the contact was erased
    media::erase(job.place, ended);
    return forget(std::move(ended));
  }
  auto stored = key ? media::load(services_.reader, job.place, **key)
                    : Result<std::optional<media::Stored>>(tl::unexpected(key.error()));
  if (!stored) {
    log::error("media_unreadable", {{"path", card_->path}, {"reason", stored.error().detail}});
    return look_later(kAfterTrouble);
  }
  if (!*stored) {  // unsent; a part may have been stored after that
    media::erase_parts(job.place, ended);
    return forget(std::move(ended));
  }
  const bool waits =
      (*stored)->row.upload() || (*stored)->row.state() == record::Media::STATE_PENDING;
  if (!waits || (*stored)->row.due_ms() != due.due) return forget(std::move(ended));
  if ((*stored)->row.upload()) {  // an upload that was interrupted or never used
    media::fence(job.place, **stored, ended);
    media::erase(job.place, ended);
    return forget(std::move(ended));
  }
  job.stored = std::move(**stored);
  job.key = *key;
  const std::uint64_t number = next_job_++;
  jobs_.emplace(number, std::move(job));
  start(number);
}

void MediaActor::forget(storage::Commit commit) {
  commit.workspace = workspace_;
  CoreActor::commit(std::move(commit), [this](const storage::CommitResult& result) {
    result.code == Errc::ok ? look() : look_later(kAfterTrouble);
  });
}

MediaActor::Job* MediaActor::find(std::uint64_t number) {
  const auto it = jobs_.find(number);
  return it == jobs_.end() ? nullptr : &it->second;
}

void MediaActor::end_job(std::uint64_t number) {
  jobs_.erase(number);
  look();
}

void MediaActor::describe(Facts& facts, api::ActorDetail& detail) const {
  facts.add("fetches", jobs_.size());
  facts.add("looking", looking_);
  facts.add("allowance_entries", allowance_.entries());
  if (!ticks_at_) return;
  auto& timer = *detail.add_timers();
  timer.set_what("media_due");
  timer.set_due_at(*ticks_at_);
}

}  // namespace aura
