// The workspace's media actor: fetches contacts' media from the providers, a few at a time, retries
// with growing delays, and stores uploads. Its work is recorded in media_due and the media rows, so
// it continues after a crash or restart. The conversation changes the message's row, in the commit
// that ends the fetch. Owned by the workspace actor.
#pragma once

#include <map>

#include "actors/media/fetch_job.h"
#include "actors/media/upload_allowance.h"
#include "actors/tree/core_actor.h"
#include "storage/keys.h"

namespace aura {

struct DueMediaFound {
  Result<std::vector<storage::Row>> rows = std::vector<storage::Row>{};
};
struct MediaLookedUp {
  std::uint64_t job = 0;
  ProviderReply reply;
};
struct MediaPiece {
  std::uint64_t job = 0;
  std::string bytes;
  MediaFetcher::GoOn go_on;
};
struct MediaFetchEnded {
  std::uint64_t job = 0;
  FetchEnd end;
};
struct MediaRecorded {
  std::uint64_t job = 0;
  Errc code = Errc::ok;
};
struct TickMedia {};
struct TickRecordMedia {
  std::uint64_t job = 0;
};

}  // namespace aura

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::DueMediaFound)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::MediaLookedUp)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::MediaPiece)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::MediaFetchEnded)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::MediaRecorded)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickMedia)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickRecordMedia)

namespace aura {

class MediaActor final : public CoreActor {
 public:
  MediaActor(caf::actor_config& config, Services& services, ActorCardPtr card, Id workspace,
             caf::actor parent);
  caf::behavior make_behavior() override;

 protected:
  void describe(Facts& facts, api::ActorDetail& detail) const override;  // workspace/inspection.cc

 private:
  using Job = media::FetchJob;

  // due rows: media_actor.cc
  void look();
  void look_later(std::chrono::milliseconds wait);
  void on_found(DueMediaFound& found);
  void begin(const storage::keys::MediaDueKey& due);
  void forget(storage::Commit commit);
  Job* find(std::uint64_t number);
  void end_job(std::uint64_t number);

  // one fetch: media_fetch.cc
  void start(std::uint64_t number);
  Result<bool> load_channel(Job& job);
  void on_looked_up(MediaLookedUp& answer);
  void fetch(std::uint64_t number);
  void on_piece(MediaPiece& piece);
  void on_fetch_ended(MediaFetchEnded& ended);
  void settle(std::uint64_t number, const media::Verdict& verdict, const std::string& content_type);
  void try_again(std::uint64_t number, const media::Verdict& verdict);
  void record(std::uint64_t number);
  void on_recorded(const MediaRecorded& recorded);

  // uploads: uploads.cc
  struct Taken;
  void handle(StoreUpload& command);
  void store_next(const std::shared_ptr<Taken>& taken);
  api::Media shown(const Taken& taken) const;

  const Id workspace_;
  const caf::actor parent_;
  std::map<std::uint64_t, Job> jobs_;
  std::uint64_t next_job_ = 1;
  bool looking_ = false;
  bool look_again_ = false;
  Millis low_ = 0;                  // nothing is due before this time
  std::optional<Millis> ticks_at_;  // the earliest scheduled tick
  UploadAllowance allowance_;       // for visitors
};

}  // namespace aura
