// What every actor of the engine is made of: its services, its card in the directory, commits whose
// continuation runs on the actor after the fsync, and an exception handler that turns a throw into
// a failure its supervisor sees. Owned by its parent's child table; all members run on the actor.
#pragma once

#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>
#include <functional>
#include <unordered_map>

#include "actors/protocol.h"
#include "actors/services.h"

namespace aura {

class CoreActor : public caf::event_based_actor {
 public:
  CoreActor(caf::actor_config& config, Services& services, ActorCardPtr card);

 protected:
  using AfterCommit = std::function<void(const storage::CommitResult&)>;

  // Durable first, then `then`: it runs on this actor when the commit's group is synced, or with an
  // error code if the commit was refused. Nothing runs if the actor dies before.
  void commit(storage::Commit commit, AfterCommit then);
  std::size_t commits_in_flight() const { return continuations_.size(); }
  void on_committed(Committed& committed);

  // An invariant is broken: the actor fails and is restarted from its stored state.
  void crash(const std::string& reason);

  BusyScope busy() { return BusyScope(*card_, mailbox().size()); }
  Millis now() const { return services_.clock.now_ms(); }
  caf::actor self() { return caf::actor_cast<caf::actor>(this); }

  Services& services_;
  ActorCardPtr card_;

 private:
  std::unordered_map<std::uint64_t, AfterCommit> continuations_;
  std::uint64_t next_ticket_ = 0;
};

}  // namespace aura
