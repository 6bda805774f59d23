// The ingress: dispatches durable raw events to their connections in fair order, each with a permit
// of its workspace's share. Events come from memory or, if the backlog is larger, from the journal.
// Child of the engine actor; restarted from the journal.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>

#include "actors/engine/fair_queue.h"
#include "actors/engine/neighbours.h"
#include "actors/tree/core_actor.h"

namespace aura {

struct EventsArrived {  // durable; in sequence order
  std::vector<QueuedEvent> events;
};
struct JournalRead {
  Id workspace;
  std::uint64_t from = 0;
  std::vector<QueuedEvent> events;
  bool last = false;
  bool failed = false;
};
struct RowsOnDisk {  // rows of an earlier run, or of a retried dead letter
  std::vector<Id> workspaces;
  bool all = false;     // the look at the start: nothing else is on disk
  bool failed = false;  // the list may be incomplete
};
struct ReadDropped {};  // an operator let actors go on that may have dropped events
struct EventDropped {   // an actor died or was stopped while it held the event
  Id workspace;
  Id channel;
  std::uint64_t sequence = 0;
  std::int64_t bytes = 0;
};
struct TickDispatch {};

class IngressActor final : public CoreActor {
 public:
  IngressActor(caf::actor_config& config, Services& services, ActorCardPtr card, caf::actor parent);
  caf::behavior make_behavior() override;

 protected:
  void describe(Facts& facts, api::ActorDetail& detail) const override;  // orders.cc

 private:
  // Bounds the events at actors; releasing a permit wakes the dispatcher if it was waiting for one.
  struct Share {
    explicit Share(std::int64_t capacity) : gate(capacity) {}
    std::int64_t room(std::int64_t capacity);
    Permit enter(const caf::actor& dispatcher);

    Gate gate;
    std::shared_ptr<std::atomic<bool>> starved = std::make_shared<std::atomic<bool>>(false);
  };
  // A workspace with more than kFewWaiting events waiting yields to others that were served lately
  // without such a backlog: each of their commits and turns waits for those of its events that are
  // under way. Then it may have only kYielding of them.
  static constexpr std::size_t kFewWaiting = 64;
  static constexpr std::int64_t kYielding = 8;
  static constexpr std::chrono::seconds kLately{1};
  static constexpr std::size_t kShares = 1024;  // no clean-up below this number
  // When a workspace's dropped events are read again.
  struct Again {
    bool waiting = false;
    std::chrono::milliseconds wait{0};
    std::chrono::steady_clock::time_point last;
  };
  void find_rows();
  void read_again(const Id& workspace);
  void read_dropped();
  bool follows_dropped(const std::vector<QueuedEvent>& batch) const;
  Share& share_of(const Id& workspace);
  std::int64_t room_for(const Id& workspace);
  void dispatch();
  void read_journal();
  void read_later(const Id& workspace);  // after a read that was refused or failed
  void count_ended(const JournalRead& read);

  const caf::actor parent_;
  FairQueue queue_;
  Neighbours neighbours_{kLately};
  // Nothing is dispatched before the look at the start: what arrives would overtake older rows.
  bool rows_known_ = false;
  Share all_;
  std::unordered_map<Id, Share> shares_;  // includes unused ones until the next clean-up
  std::size_t tidy_at_ = kShares;
  std::unordered_map<Id, Again> again_;  // workspaces whose events were dropped
  struct Dropped {
    Id channel;
    std::int64_t bytes = 0;
  };
  // Events dropped, not dispatched again and not known to have ended, by sequence.
  std::unordered_map<Id, std::map<std::uint64_t, Dropped>> dropped_;
};

}  // namespace aura

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::EventsArrived)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::JournalRead)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::RowsOnDisk)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::ReadDropped)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::EventDropped)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickDispatch)
