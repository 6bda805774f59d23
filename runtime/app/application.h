// The engine's process: builds all parts from the settings, starts them in order (storage, actors,
// network) and stops them with a clean drain. Owned by serve(); all methods are called from the
// main thread.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "config/settings.h"
#include "runtime/result.h"

namespace aura::app {

struct Addresses {
  std::string public_url;  // "http://127.0.0.1:41234"
  std::string operator_url;
};

class Application {
 public:
  Application(config::Settings settings, bool demo);
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  Result<Addresses> start();
  // Watchdog check: whether the read thread, the writer and the root actor have all answered what
  // the previous call asked. One has not if the disk hangs, a lock is never released or no
  // scheduler thread is free.
  bool answers();
  // Stops accepting, finishes work in flight (within shutdown_seconds), flushes and closes.
  void stop();

 private:
  struct Front;
  struct Parts;
  Result<Addresses> listen();

  config::Settings settings_;
  const bool demo_;
  std::unique_ptr<Front> front_;
  std::unique_ptr<Parts> parts_;  // uses front_
  struct Answered {
    std::atomic<bool> reads{true}, writer{true}, root{true};
  };
  std::shared_ptr<Answered> answered_ = std::make_shared<Answered>();
};

}  // namespace aura::app
