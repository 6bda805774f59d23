// A supervisor's table of children. It spawns a child on its first command, owns the only
// long-lived handle to it, restarts failed children with backoff and quarantines those that fail
// too often. Idle children are passivated by a handshake that loses no command:
//
//            command                sweep(), passivate()            stops
//   (none) ──────────> Leaving::no ─────────────────────> asked ──────────> (none); Leaving::no, if
//                       │   │   ▲                           │               a command was held
//                       │   │   └── refuses: gets the held ─┘
//                       │   │ restart(), an order to stop           stops
//                       │   └────────────────────────────> stopping ──────> (none); Leaving::no, if
//                       │ fails                                      it comes back or one was held
//                       └──────> backing off ── TickRestart ──> Leaving::no; or quarantined
//
// While a child leaves, its commands are held. The table also carries out operators' orders
// (stance.h): commands for a paused or drained child are held up to a bound, except those that
// repeat by themselves (comes_again.h); commands for a quarantined child are dropped. Such an order
// lasts as long as the supervisor.
//
// A member of its supervisor actor and used on it. A command to a child that is backing off or
// quarantined is dropped, which answers its OnceReply with an error.
#pragma once

#include <caf/event_based_actor.hpp>
#include <functional>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/protocol.h"
#include "actors/services.h"
#include "actors/tree/comes_again.h"
#include "actors/tree/stance.h"
#include "runtime/log.h"
#include "runtime/metrics.h"
#include "runtime/restart_policy.h"

namespace aura {

template <class Key>
class Children {
 public:
  using Spawn = std::function<caf::actor(const Key&, const ActorCardPtr&)>;
  using OpenCard = std::function<ActorCardPtr(const Key&)>;

  Children(caf::event_based_actor* self, Services& services, OpenCard open_card, Spawn spawn)
      : self_(self),
        services_(services),
        open_card_(std::move(open_card)),
        spawn_(std::move(spawn)) {}

  template <class Message>
  void deliver(const Key& key, Message message) {
    if (!stances_.empty() && stances_.contains(key)) {
      if (!comes_again(message)) stances_.at(key).hold(held(std::move(message)));
      return;
    }
    Child* child = usable(key);
    if (child == nullptr) return;
    if (child->leaving == Leaving::no)
      self_->send(child->handle, std::move(message));
    else
      child->held.push_back(held(std::move(message)));
  }

  // An operator's order for this child (`for_child`) or for an actor below it.
  void order(const Key& key, OperatorOrder& order, bool for_child) {
    if (const auto* steer = std::get_if<SteerActor>(&order.what); steer != nullptr && for_child) {
      // Idle conversations leave at their supervisor's request; other children pass the order on.
      if (steer->action != ActorAction::passivate) return act(key, *steer);
      if (passivates_) {
        passivate(key);
        return steer->reply.ok({});
      }
    }
    // Inspection neither wakes a child nor keeps it awake.
    const bool looks = std::holds_alternative<DescribeActor>(order.what);
    const auto known = children_.find(key);
    Child* child = !looks ? usable(key) : known != children_.end() ? &known->second : nullptr;
    if (child == nullptr) return order.refuse(Errc::unavailable, "It does not run now.");
    caf::anon_send<caf::message_priority::high>(child->handle, std::move(order));
  }
  void may_passivate() { passivates_ = true; }
  // Called with the path of a child that failed too often; it stays quarantined.
  void on_quarantine(std::function<void(const std::string&)> then) { escalate_ = std::move(then); }
  // The pause of the supervisor, or of an actor above it, is over.
  void tell_resumed() {
    for (auto& [key, child] : children_) self_->send(child.handle, Resumed{});
  }

  bool is_child(const caf::down_msg& down) const { return keys_.contains(down.source.id()); }
  template <class Visit>
  void for_each(Visit visit) const {
    for (const auto& [key, child] : children_) visit(key);
  }
  bool contains(const Key& key) const { return children_.contains(key); }
  // Whether a command would reach the child or be held for it.
  bool takes(const Key& key) const {
    if (const auto stance = stances_.find(key); stance != stances_.end())
      return stance->second.has_room();
    const auto trouble = policies_.find(key);
    return trouble == policies_.end() || children_.contains(key) || trouble->second.may_run();
  }
  std::size_t troubled() const { return policies_.size(); }  // failed recently, or quarantined
  std::size_t size() const { return children_.size(); }

  // Returns true if the message is about one of these children. The tick must call on_restart().
  template <class Tick>
  bool on_down(const caf::down_msg& down, Tick make_tick) {
    const auto known = keys_.find(down.source.id());
    if (known == keys_.end()) return false;
    const Key key = known->second;
    keys_.erase(known);
    auto it = children_.find(key);
    Child child = std::move(it->second);
    lru_.erase(child.lru);
    children_.erase(it);
    if (!down.reason || stopping_)
      ended(key, child);
    else
      failed(key, child, make_tick);
    return true;
  }

  void start(const Key& key) { usable(key); }
  void on_restart(const Key& key) { usable(key, true); }

  void on_passivation_refused(const Key& key) {
    const auto it = children_.find(key);
    if (it == children_.end() || it->second.leaving != Leaving::asked) return;
    it->second.leaving = Leaving::no;
    for (auto& command : std::exchange(it->second.held, {})) command(self_, it->second.handle);
  }

  // Passivates children unused for `idle`, and in addition the `excess` least recently used ones.
  // At most `budget` per call, so that a sweep is short.
  void sweep(std::chrono::milliseconds idle, std::int64_t excess, std::size_t budget) {
    const auto now = services_.clock.monotonic();
    for (auto it = lru_.begin(); it != lru_.end() && budget > 0; ++it) {
      Child& child = children_.at(*it);
      const bool old = now - child.used_at >= idle;
      if (!old && excess <= 0) return;
      if (child.leaving != Leaving::no) continue;
      ask_to_leave(child);
      --budget;
      if (!old) --excess;
    }
  }

  void passivate(const Key& key) {
    const auto it = children_.find(key);
    if (it != children_.end() && it->second.leaving == Leaving::no) ask_to_leave(it->second);
  }

  void stop(const Key& key) {
    const auto it = children_.find(key);
    if (it != children_.end()) self_->send(it->second.handle, StopActor{});
  }

  // An operator's restart: the child finishes started work (commits with their effects, calls, its
  // own children), stops and starts again at once. A quarantined child is released.
  void restart(const Key& key) {
    policies_.erase(key);
    const auto it = children_.find(key);
    if (it == children_.end()) return void(usable(key));
    Child& child = it->second;
    child.card->set_failure("an operator restarted it");
    child.card->restarts.fetch_add(1);
    note_fault(child, "restarted");
    child.comes_back = true;
    make_leave(child);
  }

  // Stops all children and spawns none from now on. Calling it twice is harmless.
  void stop_all() {
    if (stopping_) return;
    stopping_ = true;
    for (auto& [key, stance] : std::exchange(stances_, {}))
      if (const auto it = children_.find(key); it != children_.end())
        for (auto& command : stance.commands) command(self_, it->second.handle);
    for (auto& [key, child] : children_) self_->send(child.handle, StopActor{});
  }

 private:
  enum class Leaving { no, asked, stopping };
  struct Child {
    caf::actor handle;
    ActorCardPtr card;
    std::chrono::steady_clock::time_point used_at;
    typename std::list<Key>::iterator lru;
    Leaving leaving = Leaving::no;
    bool comes_back = false;        // when it has stopped
    std::vector<HeldCommand> held;  // while it leaves
  };
  struct Trouble {
    RestartPolicy policy;
    bool backing_off = false;
    bool may_run() const { return !backing_off && !policy.quarantined(); }
  };

  void ask_to_leave(Child& child) {
    child.leaving = Leaving::asked;
    self_->send(child.handle, AskPassivation{});
  }
  void make_leave(Child& child) {
    child.leaving = Leaving::stopping;
    self_->send(child.handle, StopActor{});
  }

  void act(const Key& key, const SteerActor& steer) {
    switch (steer.action) {
      case ActorAction::restart:
        restart(key);
        if (stances_.contains(key)) resume(key);
        break;
      case ActorAction::pause:
        take_stance(key, ActorState::paused);
        break;
      case ActorAction::drain:
        take_stance(key, ActorState::stopped);
        break;
      case ActorAction::quarantine:
        take_stance(key, ActorState::quarantined);
        break;
      case ActorAction::resume:
      case ActorAction::release:
        if (!stances_.contains(key) && !policies_.contains(key))
          return steer.reply.error(Errc::conflict, "It is neither paused nor quarantined.");
        policies_.erase(key);
        resume(key);
        break;
      case ActorAction::passivate:
        break;
    }
    steer.reply.ok({});
  }

  void take_stance(const Key& key, ActorState state) {
    Stance& stance = stances_[key];
    stance.state = state;
    if (state == ActorState::quarantined) stance.commands.clear();
    const auto it = children_.find(key);
    if (it != children_.end()) stance.card = it->second.card;
    if (!stance.card) stance.card = open_card_(key);
    stance.card->state = state;
    stance.card->state_since = services_.clock.now_ms();
    stance.show();
    if (it == children_.end() || state == ActorState::paused) return;
    it->second.comes_back = false;
    make_leave(it->second);
  }

  void resume(const Key& key) {
    auto stance = stances_.extract(key);
    if (!stance.empty()) stance.mapped().card->held = 0;
    Child* child = usable(key);
    if (child == nullptr) return;
    child->card->state = ActorState::running;
    self_->send(child->handle, Resumed{});
    if (child->leaving == Leaving::stopping) child->comes_back = true;  // it has not stopped yet
    if (stance.empty()) return;
    for (auto& command : stance.mapped().commands) {
      if (child->leaving == Leaving::no)
        command(self_, child->handle);
      else
        child->held.push_back(std::move(command));
    }
  }

  Child* usable(const Key& key, bool restart = false) {
    if (auto it = children_.find(key); it != children_.end()) {
      it->second.used_at = services_.clock.monotonic();
      lru_.splice(lru_.end(), lru_, it->second.lru);
      return &it->second;
    }
    if (stopping_) return nullptr;
    const auto stance = stances_.empty() ? stances_.end() : stances_.find(key);
    const bool paused = stance != stances_.end() && stance->second.state == ActorState::paused;
    if (stance != stances_.end() && !paused) return nullptr;
    if (auto trouble = policies_.find(key); trouble != policies_.end()) {
      if (restart) trouble->second.backing_off = false;
      if (!trouble->second.may_run()) return nullptr;
    }
    Child& child = children_[key];
    child.card = open_card_(key);
    child.used_at = services_.clock.monotonic();
    child.lru = lru_.insert(lru_.end(), key);
    child.handle = spawn_(key, child.card);
    if (paused) child.card->state = ActorState::paused;
    keys_[child.handle.id()] = key;
    self_->monitor(child.handle);
    return &child;
  }

  void ended(const Key& key, Child& child) {
    if (const auto stance = stances_.find(key); stance != stances_.end()) {
      child.card->state = stance->second.state;  // keep the card visible
      for (auto& command : child.held) stance->second.hold(std::move(command));
      return;
    }
    // A child that starts again keeps its card.
    Child* again = child.comes_back || !child.held.empty() ? usable(key) : nullptr;
    if (again == nullptr) return services_.directory.close(*child.card);
    for (auto& command : child.held) command(self_, again->handle);
  }

  template <class Tick>
  void failed(const Key& key, Child& child, Tick make_tick) {
    const auto moment = services_.clock.monotonic();
    std::erase_if(policies_, [&](const auto& one) { return one.second.policy.as_new(moment); });
    Trouble& trouble = policies_[key];
    const auto delay = trouble.policy.on_failure(moment, services_.random);
    child.card->restarts.fetch_add(1);
    if (!delay) {
      child.card->state = ActorState::quarantined;
      child.card->state_since = services_.clock.now_ms();
      note_fault(child, "quarantined");
      log::error("actor_quarantined",
                 {{"path", child.card->path}, {"reason", child.card->last_failure()}});
      if (escalate_) escalate_(child.card->path);
      return;
    }
    child.card->state = ActorState::restarting;
    trouble.backing_off = true;
    note_fault(child, "restarting");
    log::warn("actor_restarting", {{"path", child.card->path},
                                   {"reason", child.card->last_failure()},
                                   {"delay_ms", delay->count()}});
    self_->delayed_send(self_, *delay, make_tick(key));
  }

  void note_fault(const Child& child, const char* what) {
    failures_of(child.card->kind, what).add();
    services_.directory.note_fault(
        {services_.clock.now_ms(), child.card->path, what, child.card->last_failure()});
  }

  caf::event_based_actor* self_;
  Services& services_;
  OpenCard open_card_;
  Spawn spawn_;
  std::unordered_map<Key, Child> children_;
  std::unordered_map<caf::actor_id, Key> keys_;
  std::unordered_map<Key, Trouble> policies_;  // of children that failed recently
  std::unordered_map<Key, Stance> stances_;    // of children under an operator's order
  std::function<void(const std::string&)> escalate_;
  std::list<Key> lru_;       // least recently used first
  bool passivates_ = false;  // children may leave memory when idle
  bool stopping_ = false;
};

}  // namespace aura
