// The directory: one card for each living actor, addressed by path
// ("/engine/partitions/17/workspaces/ws_…/conversations/cv_…"). Actors update their own card's
// counters as they work; whoever looks reads the cards, so looking costs the actors nothing.
// Made by the application, outlives every actor. Any thread may call.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "runtime/clock.h"

namespace aura {

enum class ActorState : std::uint8_t { running, restarting, passivated, stopped, quarantined };
const char* to_string(ActorState state);

struct ActorCard {
  ActorCard(std::string p, std::string k, std::string i)
      : path(std::move(p)), kind(std::move(k)), id(std::move(i)) {}
  const std::string path, kind, id;
  std::atomic<ActorState> state{ActorState::running};
  std::atomic<std::int64_t> mailbox{0}, processed{0}, restarts{0}, busy_us{0}, children{0};
  std::atomic<Millis> activated_at{0};
  void set_failure(std::string reason);
  std::string last_failure() const;

 private:
  mutable std::mutex mutex_;
  std::string last_failure_;
};
using ActorCardPtr = std::shared_ptr<ActorCard>;

class Directory {
 public:
  // A card that exists already (a restarted actor's) is kept with its counters.
  ActorCardPtr open(const ActorCardPtr& parent, std::string_view name, std::string_view kind,
                    std::string_view id, Millis now);
  ActorCardPtr open_root(std::string_view name, Millis now);
  void close(const ActorCard& card);
  ActorCardPtr find(const std::string& path) const;
  void for_each(const std::function<void(const ActorCard&)>& visit) const;

 private:
  static constexpr std::size_t kShards = 16;
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<std::string, ActorCardPtr> cards;
  };
  Shard& shard_of(const std::string& path) const;
  mutable std::array<Shard, kShards> shards_;
};

// Counts one handled message on a card: processed, mailbox and busy time. Lives for the handler.
class BusyScope {
 public:
  BusyScope(ActorCard& card, std::size_t mailbox);
  ~BusyScope();
  BusyScope(const BusyScope&) = delete;
  BusyScope& operator=(const BusyScope&) = delete;

 private:
  ActorCard& card_;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace aura
