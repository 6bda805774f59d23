#include "bench/support/loop.h"

#include <sys/epoll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace aura::bench {

Loop::Loop() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  if (epoll_ < 0) throw std::runtime_error("epoll_create1 failed");
  // Otherwise the default timer slack of 50 µs delays every scheduled arrival.
  prctl(PR_SET_TIMERSLACK, 1UL);
}

Loop::~Loop() { close(epoll_); }

void Loop::control(int operation, int fd, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = (std::uint64_t{slots_[fd].generation} << 32) | static_cast<std::uint32_t>(fd);
  if (epoll_ctl(epoll_, operation, fd, &event) != 0) throw std::runtime_error("epoll_ctl failed");
}

void Loop::add(int fd, std::uint32_t events, IoHandler* handler) {
  if (static_cast<std::size_t>(fd) >= slots_.size()) slots_.resize(fd + 64);
  slots_[fd].handler = handler;
  ++slots_[fd].generation;
  control(EPOLL_CTL_ADD, fd, events);
}

void Loop::change(int fd, std::uint32_t events) { control(EPOLL_CTL_MOD, fd, events); }

void Loop::remove(int fd) {
  slots_[fd].handler = nullptr;
  ++slots_[fd].generation;
  epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr);
}

void Loop::at(TimePoint when, std::function<void()> call) {
  timers_.push(Timer{when, timer_order_++, std::move(call)});
}

void Loop::fire_timers() {
  while (!timers_.empty() && timers_.top().when <= steady_now()) {
    auto call = std::move(const_cast<Timer&>(timers_.top()).call);
    timers_.pop();
    call();
  }
}

void Loop::run_once(TimePoint deadline) {
  if (!timers_.empty()) deadline = std::min(deadline, timers_.top().when);
  const auto wait = std::max(deadline - steady_now(), Duration::zero());
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(wait);
  const timespec timeout{seconds.count(), static_cast<long>((wait - seconds).count())};
  std::array<epoll_event, 256> events;
  const int ready = epoll_pwait2(epoll_, events.data(), events.size(), &timeout, nullptr);
  for (int i = 0; i < ready; ++i) {
    const auto fd = static_cast<std::uint32_t>(events[i].data.u64);
    const auto generation = static_cast<std::uint32_t>(events[i].data.u64 >> 32);
    if (slots_[fd].generation == generation && slots_[fd].handler != nullptr) {
      slots_[fd].handler->on_io(events[i].events);
    }
  }
  fire_timers();
}

bool Loop::run_until(TimePoint deadline, const std::function<bool()>& done) {
  while (true) {
    if (done && done()) return true;
    if (steady_now() >= deadline) return false;
    run_once(deadline);
  }
}

}  // namespace aura::bench
