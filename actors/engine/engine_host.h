// The engine's facade: starts the supervision tree from the stored state, holds the ports through
// which calls become commands for the owning actors, and stops everything in order. Created by the
// application, outlives the network layer; every method may be called from any thread.
#pragma once

#include <atomic>
#include <caf/actor_system.hpp>
#include <chrono>
#include <functional>
#include <future>
#include <memory>

#include "actors/engine/engine_access.h"
#include "actors/engine/engine_chat.h"
#include "actors/engine/engine_commands.h"
#include "actors/engine/engine_ingress.h"
#include "actors/engine/engine_media.h"

namespace aura {

class EngineHost {
 public:
  EngineHost(caf::actor_system& system, Services& services, StoredQueries& queries);

  // Loads the channels' external names, counts events left by an earlier run, starts the tree.
  Result<void> start();
  // Refuses new work from now on. Does not wait: poll drained().
  void close_gates() {
    closing_ = true;
    doors_.gate.close();
  }
  bool closing() const { return closing_; }
  bool drained() const { return doors_.gate.inside() == 0; }
  // Stops the tree (connections finish their calls first) and waits; false: not stopped in time.
  bool stop(std::chrono::steady_clock::time_point deadline);

  // `answered` runs when the root actor takes the question.
  void ask_root(std::function<void()> answered);

  Ingress& ingress() { return ingress_; }
  Commands& commands() { return commands_; }
  Chat& chat() { return chat_; }
  MediaLibrary& media() { return media_; }
  EngineAccess& access() { return access_; }
  bool open() const { return doors_.open; }
  const caf::actor& root() const { return doors_.root; }

 private:
  void spawn_tree();

  caf::actor_system& system_;
  Services& services_;
  Doors doors_;
  EngineIngress ingress_;
  EngineCommands commands_;
  EngineChat chat_;
  EngineMedia media_;
  EngineAccess access_;
  std::atomic<bool> closing_{false};
  std::shared_ptr<std::promise<void>> ended_ = std::make_shared<std::promise<void>>();
  std::future<void> end_ = ended_->get_future();
};

}  // namespace aura
