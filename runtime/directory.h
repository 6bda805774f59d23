// The directory: one card for each living actor, addressed by path
// ("/engine/partitions/17/workspaces/ws_…/conversations/cv_…"). Each actor updates the counters of
// its own card; inspection reads only the cards, so it costs the actors nothing. Created by the
// application, outlives every actor. Any thread may call.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/clock.h"
#include "runtime/metrics.h"

namespace aura {

enum class ActorState : std::uint8_t {
  running,
  restarting,
  passivated,
  stopped,
  quarantined,
  paused
};
const char* to_string(ActorState state);

// Handler durations: bucket k counts those under 4^k µs, the last bucket all longer ones.
inline constexpr std::size_t kTurnBuckets = 11;
using TurnCounts = std::array<std::int64_t, kTurnBuckets>;
std::size_t turn_bucket(std::int64_t microseconds);

struct Rates {
  double per_second = 0, busy_share = 0;
};

// What was done in the running slot of ten seconds and in the one before it, so that a rate depends
// neither on who looks nor how often. Slots begin at the same moments for all, so that the work of
// several actors can be added. Times are steady µs.
class RecentWork {
 public:
  static constexpr std::int64_t kSlotUs = 10'000'000;
  static std::int64_t slot_of(std::int64_t us) { return us - us % kSlotUs; }

  // One actor's, in the running slot; it is never busy for longer than the slot.
  void add(std::int64_t processed, std::int64_t busy_us);
  // One actor's handler, split over the slots in which it ran.
  void add_busy(std::int64_t from, std::int64_t to);
  // How much of a handler that runs from `from` to `to` lies before the running slot.
  std::int64_t before_slot(std::int64_t from, std::int64_t to) const;
  void move_to(std::int64_t slot);  // nothing if the slot is over
  RecentWork& operator+=(const RecentWork& other);
  // Over both slots, but only from `since` on.
  Rates rates(std::int64_t now, std::int64_t since) const;

 private:
  struct Work {
    std::int64_t processed = 0, busy_us = 0;
  };
  std::int64_t slot_ = 0;  // begin of the running slot
  Work running_, before_;
};

// Totals of one kind of actor, including actors that have ended.
struct KindTotals {
  std::int64_t processed = 0, busy_us = 0;
  TurnCounts turns{};
  RecentWork recent;
  KindTotals& operator+=(const KindTotals& other);
};

struct ActorCard {
  ActorCard(std::string p, std::string k, std::string i,
            std::shared_ptr<const ActorCard> above = nullptr);
  const std::string path, kind, id;
  const std::shared_ptr<const ActorCard> parent;  // null: the root
  const int depth;                                // levels below the root
  std::atomic<ActorState> state{ActorState::running};
  std::atomic<Millis> state_since{0};    // when the order or quarantine in `state` began
  const std::int64_t born_us;            // steady
  std::atomic<bool> traced{false};       // somebody follows its trace
  std::atomic<std::int64_t> mailbox{0};  // noted when a handler begins, then counted
  std::atomic<std::int64_t> held{0};  // commands that its supervisor holds by an operator's order
  // Written only by the actor.
  std::atomic<std::int64_t> processed{0}, busy_us{0};
  std::atomic<std::int64_t> queue{0};          // commands or rows the actor holds itself
  std::atomic<std::int64_t> busy_since{0};     // steady µs when the running handler began; 0: none
  std::atomic<Millis> commit_since{0};         // when the commit in flight began; 0: none
  std::atomic<const char*> waits_on{nullptr};  // other waits: "agent", "provider"
  std::atomic<Millis> next_timer{0};
  std::array<std::atomic<std::uint32_t>, kTurnBuckets> turns{};
  std::atomic<std::int64_t> restarts{0}, children{0};
  std::atomic<Millis> activated_at{0};
  const ActorCard* paused_at() const;  // the actor, or the next one above it; null: none
  void set_failure(std::string reason);
  std::string last_failure() const;

  // Called by the actor, after a handler.
  void count_handler(std::int64_t now_us, std::int64_t spent_us);
  RecentWork recent(std::int64_t now_us) const;
  Rates rates(std::int64_t now_us) const { return recent(now_us).rates(now_us, born_us); }

 private:
  void begin_slot(std::int64_t now_us, std::int64_t spent_us);
  RecentWork recent_up_to_now() const;

  std::int64_t slot_ends_us_ = 0;  // the actor's own
  mutable std::mutex mutex_;
  std::string last_failure_;
  RecentWork recent_;                                       // up to the begin of the slot, …
  std::int64_t recent_processed_ = 0, recent_busy_us_ = 0;  // … when the totals were these
};
using ActorCardPtr = std::shared_ptr<ActorCard>;

// Call before a message is put into the actor's mailbox: only the actor may read the mailbox's
// size, and one that hangs in a handler does not.
inline void note_arrival(ActorCard& card) {
  if (card.busy_since.load(std::memory_order_relaxed) != 0)
    card.mailbox.fetch_add(1, std::memory_order_relaxed);
}

// One step of an actor, as reported to trace followers. No personal data.
struct TraceStep {
  Millis at = 0;
  const char* step = "";  // came, decided, sent, ended
  std::string_view what;  // the command, event or call
  std::string_view detail;
  std::int64_t took_us = 0;
};
using TraceListener = std::function<void(const ActorCard&, const TraceStep&)>;

// Failures of actors of this kind, by what their supervisor did.
metrics::Counter failures_of(const std::string& kind, const std::string& then);

// A failure of an actor and the supervisor's reaction.
struct Fault {
  Millis at = 0;
  std::string path, what, reason;  // `what`: restarting, quarantined or restarted
};

class Directory {
 public:
  // An existing card (of a restarted actor) is kept with its counters.
  ActorCardPtr open(const ActorCardPtr& parent, std::string_view name, std::string_view kind,
                    std::string_view id, Millis now);
  ActorCardPtr open_root(std::string_view name, Millis now);
  void close(const ActorCard& card);
  ActorCardPtr find(const std::string& path) const;
  void for_each(const std::function<void(const ActorCardPtr&)>& visit) const;

  // Totals of ended actors by kind; the caller adds the living ones.
  std::map<std::string, KindTotals> gone() const;

  // The newest faults, newest first.
  void note_fault(Fault fault);
  std::vector<Fault> faults() const;

  // Follows the actor at `path` (with `below`: also all present and future actors below it) until
  // unfollow() is called with the returned number. The listener runs on the actors' threads and
  // must be short.
  std::uint64_t follow(std::string path, bool below, TraceListener listener);
  void unfollow(std::uint64_t number);
  void trace(const ActorCard& card, const TraceStep& step) const;
  bool followed() const { return following_.load(std::memory_order_relaxed) > 0; }

 private:
  static constexpr std::size_t kShards = 16;
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<std::string, ActorCardPtr> cards;
  };
  struct Follower {
    std::string path;
    bool below = false;
    std::shared_ptr<const TraceListener> listener;
  };
  Shard& shard_of(const std::string& path) const;
  void count(const std::string& kind, int by);
  bool followed(const std::string& path) const;
  void mark_followed();

  mutable std::array<Shard, kShards> shards_;
  static constexpr std::size_t kFaults = 200;
  mutable std::mutex past_mutex_;
  std::map<std::string, KindTotals> gone_;
  std::deque<Fault> faults_;
  std::map<std::string, metrics::Gauge, std::less<>> awake_;
  mutable std::mutex followers_mutex_;
  std::map<std::uint64_t, Follower> followers_;
  std::uint64_t next_follower_ = 1;
  std::atomic<std::size_t> following_{0};
};

// Counts one handled message on a card: processed, mailbox, busy time. Lives as long as the
// handler.
class BusyScope {
 public:
  BusyScope(ActorCard& card, std::size_t mailbox);
  ~BusyScope();
  BusyScope(const BusyScope&) = delete;
  BusyScope& operator=(const BusyScope&) = delete;

 private:
  ActorCard& card_;
  std::int64_t begin_us_;
};

std::int64_t steady_us();

}  // namespace aura
