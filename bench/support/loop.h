// One epoll loop: sockets and timers of one thread. Owned by whoever runs it (generator,
// simulator); it ends with its owner. Only the owning thread may call. A handler may be removed,
// and destroyed, inside any callback: events already fetched for a removed socket are dropped,
// because their generation does not match.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

namespace aura::bench {

using TimePoint = std::chrono::steady_clock::time_point;
using Duration = std::chrono::steady_clock::duration;

inline TimePoint steady_now() { return std::chrono::steady_clock::now(); }

class IoHandler {
 public:
  virtual ~IoHandler() = default;
  virtual void on_io(std::uint32_t events) = 0;
};

class Loop {
 public:
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void add(int fd, std::uint32_t events, IoHandler* handler);
  void change(int fd, std::uint32_t events);
  void remove(int fd);  // before closing the descriptor
  void at(TimePoint when, std::function<void()> call);
  void after(Duration wait, std::function<void()> call) {
    at(steady_now() + wait, std::move(call));
  }

  // Waits until `deadline` (or the next timer) at most, and handles the events.
  void run_once(TimePoint deadline);
  // Runs until `done` returns true or the deadline passes; true if done.
  bool run_until(TimePoint deadline, const std::function<bool()>& done = nullptr);

 private:
  struct Slot {
    IoHandler* handler = nullptr;
    std::uint32_t generation = 0;
  };
  struct Timer {
    TimePoint when;
    std::uint64_t order;
    std::function<void()> call;
    bool operator>(const Timer& other) const {
      return when != other.when ? when > other.when : order > other.order;
    }
  };

  void control(int operation, int fd, std::uint32_t events);
  void fire_timers();

  int epoll_ = -1;
  std::uint64_t timer_order_ = 0;
  std::vector<Slot> slots_;
  std::priority_queue<Timer, std::vector<Timer>, std::greater<>> timers_;
};

}  // namespace aura::bench
