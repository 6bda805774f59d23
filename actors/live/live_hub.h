// Implements the LiveFeed port: follows the change feed for API clients (from a cursor, first from
// disk, then live) and for web chat visitors (one conversation, live). Its thread renders each
// change once and calls the subscribers in order; without subscribers it does nothing. If changes
// arrive faster than they are published, they are read from disk again: memory is bounded and no
// change is missed. Created by the application; call stop() before the storage closes.
#pragma once

#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <variant>

#include "actors/queries/stored_queries.h"
#include "runtime/clock.h"
#include "runtime/metrics.h"
#include "runtime/ports/engine_api.h"
#include "storage/store.h"

namespace aura {

class LiveHub final : public LiveFeed {
 public:
  LiveHub(const storage::Reader& reader, const StoredQueries& queries, const Clock& clock);
  ~LiveHub() override;
  void stop();

  // The writer's listener: called on the writer's thread after each group.
  void on_feed(const std::vector<storage::FeedNotice>& notices);

  std::unique_ptr<aura::Subscription> follow(Id ws, std::optional<std::uint64_t> after,
                                             std::function<bool(const Change&)> on_change,
                                             std::function<void()> on_lost, Wait wait) override;
  std::unique_ptr<aura::Subscription> follow_chat(const ChatVisitor& visitor,
                                                  std::function<bool(const Change&)> on_change,
                                                  std::function<void()> on_lost) override;
  Result<bool> keeps_after(const Id& ws, std::uint64_t cursor) const override;

 private:
  struct Follower;
  struct Handle;
  using FollowerPtr = std::shared_ptr<Follower>;
  // A queued task: publish a change; read the feed for a follower, or for a whole workspace.
  using Task = std::variant<storage::FeedNotice, FollowerPtr, Id>;
  // A workspace whose changes did not fit the queue: all from `next` to the newest announced.
  struct Behind {
    std::uint64_t next = 0, announced = 0;
  };

  // Calls `use` for each list that contains the follower; requires mutex_.
  template <class Use>
  void for_each_list(const Follower& follower, Use use);
  std::unique_ptr<aura::Subscription> add(FollowerPtr follower);
  void remove(const FollowerPtr& follower);
  void run();
  void add_task(Task task);  // requires mutex_
  void announce(const storage::FeedNotice& notice);
  void work_guarded(const Task& task);
  void work_on(const storage::FeedNotice& notice);
  void work_on(const FollowerPtr& follower);
  void work_on(const Id& workspace);
  void read_on_later(const FollowerPtr& follower);
  bool must_wait(const FollowerPtr& follower);
  std::uint64_t newest(const Id& ws) const;
  static bool tell(Follower& follower, const Change& change);
  static void lose(Follower& follower, const Error& error);
  Result<std::optional<Change>> render(const Id& ws, std::uint64_t sequence,
                                       const std::string& value) const;
  std::vector<FollowerPtr> followers_of(const Id& ws, const record::Feed& row);
  std::vector<FollowerPtr> followers_in(const Id& workspace);

  const storage::Reader& reader_;
  const StoredQueries& queries_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> tasks_;
  std::unordered_map<Id, Behind> behind_;
  metrics::Gauge waiting_ =
      metrics::gauge("aura_live_waiting", "Changes and reads that wait to be told to followers");
  std::unordered_map<Id, std::list<FollowerPtr>> by_workspace_;
  // Web chat visitors, by conversation, contact and channel.
  std::unordered_map<Id, std::list<FollowerPtr>> by_subject_;
  std::atomic<std::size_t> followers_{0};
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace aura
