// A supervisor's child table: spawns children on their first command, owns the only long-lived
// handles to them, restarts the failed ones with backoff, quarantines those that fail too often,
// and passivates the idle ones by a handshake (ask; hold what comes; the child stops or refuses;
// what was held goes to the child or wakes it again), so that no command is lost on the way.
//
// A member of its supervisor actor and used on it. A command to a child that is backing off or
// quarantined is dropped, which answers its OnceReply.
#pragma once

#include <caf/event_based_actor.hpp>
#include <functional>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/protocol.h"
#include "actors/services.h"
#include "runtime/log.h"
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
    Child* child = usable(key);
    if (child == nullptr) return;
    if (!child->passivating) {
      self_->send(child->handle, std::move(message));
      return;
    }
    child->held.push_back(
        [message = std::move(message)](caf::event_based_actor* self, const caf::actor& to) {
          self->send(to, message);
        });
  }

  bool contains(const Key& key) const { return children_.contains(key); }
  std::size_t size() const { return children_.size(); }

  // True if the message was about one of these children. The tick must come back to on_restart().
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
    if (it == children_.end()) return;
    it->second.passivating = false;
    for (auto& held : it->second.held) held(self_, it->second.handle);
    it->second.held.clear();
  }

  // Asks children that nobody used for `idle`, and beyond that the least recently used ones while
  // `excess` are too many. At most `budget` a call, so that a sweep is short.
  void sweep(std::chrono::milliseconds idle, std::int64_t excess, std::size_t budget) {
    const Millis now = services_.clock.now_ms();
    for (auto it = lru_.begin(); it != lru_.end() && budget > 0; ++it) {
      Child& child = children_.at(*it);
      const bool old = now - child.used_at >= idle.count();
      if (!old && excess <= 0) return;
      if (child.passivating) continue;
      child.passivating = true;
      self_->send(child.handle, AskPassivation{});
      --budget;
      if (!old) --excess;
    }
  }

  void passivate(const Key& key) {
    const auto it = children_.find(key);
    if (it == children_.end() || it->second.passivating) return;
    it->second.passivating = true;
    self_->send(it->second.handle, AskPassivation{});
  }

  void stop(const Key& key) {
    const auto it = children_.find(key);
    if (it != children_.end()) self_->send(it->second.handle, StopActor{});
  }

  // An operator's restart: the child ends now and comes back at once; a quarantined one is
  // released.
  void restart(const Key& key) {
    policies_.erase(key);
    const auto it = children_.find(key);
    if (it == children_.end()) return void(usable(key));
    caf::anon_send<caf::message_priority::high>(
        it->second.handle,
        caf::exit_msg{self_->address(), caf::make_error(caf::sec::runtime_error)});
  }

  // Nothing is spawned any more; who is told twice does not mind.
  void stop_all() {
    if (stopping_) return;
    stopping_ = true;
    for (auto& [key, child] : children_) self_->send(child.handle, StopActor{});
  }

 private:
  struct Child {
    caf::actor handle;
    ActorCardPtr card;
    Millis used_at = 0;
    bool passivating = false;
    typename std::list<Key>::iterator lru;
    std::vector<std::function<void(caf::event_based_actor*, const caf::actor&)>> held;
  };
  struct Trouble {
    RestartPolicy policy;
    bool backing_off = false;
  };

  Child* usable(const Key& key, bool restart = false) {
    if (auto it = children_.find(key); it != children_.end()) {
      it->second.used_at = services_.clock.now_ms();
      lru_.splice(lru_.end(), lru_, it->second.lru);
      return &it->second;
    }
    if (stopping_) return nullptr;
    if (auto trouble = policies_.find(key); trouble != policies_.end()) {
      if (restart) trouble->second.backing_off = false;
      if (trouble->second.backing_off || trouble->second.policy.quarantined()) return nullptr;
    }
    Child& child = children_[key];
    child.card = open_card_(key);
    child.used_at = services_.clock.now_ms();
    child.lru = lru_.insert(lru_.end(), key);
    child.handle = spawn_(key, child.card);
    keys_[child.handle.id()] = key;
    self_->monitor(child.handle);
    return &child;
  }

  void ended(const Key& key, Child& child) {
    services_.directory.close(*child.card);
    if (child.held.empty() || stopping_) return;
    Child* again = usable(key);
    if (again == nullptr) return;
    for (auto& held : child.held) held(self_, again->handle);
  }

  template <class Tick>
  void failed(const Key& key, Child& child, Tick make_tick) {
    Trouble& trouble = policies_[key];
    const auto delay = trouble.policy.on_failure(services_.clock.monotonic(), services_.random);
    child.card->restarts.fetch_add(1);
    if (!delay) {
      child.card->state = ActorState::quarantined;
      log::error("actor_quarantined",
                 {{"path", child.card->path}, {"reason", child.card->last_failure()}});
      return;
    }
    child.card->state = ActorState::restarting;
    trouble.backing_off = true;
    log::warn("actor_restarting", {{"path", child.card->path},
                                   {"reason", child.card->last_failure()},
                                   {"delay_ms", delay->count()}});
    self_->delayed_send(self_, *delay, make_tick(key));
  }

  caf::event_based_actor* self_;
  Services& services_;
  OpenCard open_card_;
  Spawn spawn_;
  std::unordered_map<Key, Child> children_;
  std::unordered_map<caf::actor_id, Key> keys_;
  std::unordered_map<Key, Trouble> policies_;  // of children that have failed
  std::list<Key> lru_;                         // least recently used first
  bool stopping_ = false;
};

}  // namespace aura
