// Base of all actors of the engine: services, directory card, commits whose continuation runs on
// the actor after the fsync, inspection by operators, and an exception handler that turns a throw
// into a failure reported to the supervisor. Owned by its parent's child table; all members run on
// the actor.
#pragma once

#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>
#include <functional>
#include <unordered_map>

#include "actors/protocol.h"
#include "actors/services.h"
#include "actors/tree/recent_steps.h"

namespace aura {

class Facts;

class CoreActor : public caf::event_based_actor {
 public:
  CoreActor(caf::actor_config& config, Services& services, ActorCardPtr card);
  resume_result resume(caf::execution_unit* worker, std::size_t messages) override;
  using caf::event_based_actor::enqueue;
  void enqueue(caf::mailbox_element_ptr element, caf::execution_unit* worker) override;

 protected:
  using AfterCommit = std::function<void(const storage::CommitResult&)>;

  // Submits the commit. `then` runs on this actor when the commit is durable, or with an error code
  // if it was refused. It does not run if the actor ends before.
  void commit(storage::Commit commit, AfterCommit then);
  std::size_t commits_in_flight() const { return continuations_.size(); }
  void on_committed(Committed& committed);

  // Fails the actor (for example on a broken invariant); the supervisor restarts it from stored
  // state.
  void crash(const std::string& reason);
  // Called just before the actor fails, while unanswered replies can still be answered.
  virtual void on_failure(const std::string& /*reason*/) {}

  // ---- what operators see (inspection.cc)

  // Adds masked facts of the actor's state and its timers.
  virtual void describe(Facts& /*facts*/, api::ActorDetail& /*detail*/) const {}
  // Passes an order on to the actor at `rest`, the path below this one; refuses an unknown path.
  virtual void pass_down(OperatorOrder& order, std::string_view rest);
  virtual void passivate_below() {}
  virtual void on_resumed() {}
  void on_order(OperatorOrder& order);

  // Begin and end of one piece of work, recorded in the recent steps and the trace. `what` must be
  // a string literal.
  void begin_step(const char* what);
  void end_step(std::string_view outcome);
  void note_step(const char* what, std::string_view outcome, std::int64_t took_us);
  bool traced() const { return card_->traced.load(std::memory_order_relaxed); }
  void trace(const char* step, std::string_view what, std::string_view detail,
             std::int64_t took_us = 0) const;

  BusyScope busy() { return BusyScope(*card_, mailbox().size()); }
  Millis now() const { return services_.clock.now_ms(); }
  caf::actor self() { return caf::actor_cast<caf::actor>(this); }

  Services& services_;
  ActorCardPtr card_;

 private:
  struct Continuation {
    AfterCommit then;
    std::int64_t since_us = 0;
  };
  std::unordered_map<std::uint64_t, Continuation> continuations_;
  std::uint64_t next_ticket_ = 0;
  RecentSteps recent_steps_;
  const char* step_ = nullptr;  // the step in progress
  std::int64_t step_since_us_ = 0;
};

}  // namespace aura
