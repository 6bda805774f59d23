// Breaker: a model that fails is left alone for a while, so that a dead one costs nothing. After
// the rest, one call at a time tries whether it is back. Any thread may call.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>

namespace aura::net::models {

class Breaker {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // False: rest. Each admitted call ends with succeeded(), failed() or dropped().
  bool admit(Time now);
  void succeeded();
  // `rest`: the provider asked for it.
  void failed(Time now, std::optional<std::chrono::milliseconds> rest);
  void dropped();  // the call tells nothing about the model

 private:
  std::mutex mutex_;
  int failures_ = 0;  // in a row
  Time rests_until_{};
  bool probing_ = false;
};

}  // namespace aura::net::models
