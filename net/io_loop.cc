#include "net/io_loop.h"

#include <pthread.h>

#include <array>
#include <boost/asio/post.hpp>
#include <ctime>
#include <future>

#include "runtime/log.h"
#include "runtime/thread_turns.h"

namespace aura::net {
namespace {

class FunctionWork final : public LoopWork {
 public:
  explicit FunctionWork(std::function<void()> f) : f_(std::move(f)) {}
  void run() override { f_(); }

 private:
  std::function<void()> f_;
};

// Catches exceptions: work that throws does not stop the rest of its batch or the loop.
void guarded(const auto& work) {
  try {
    work();
  } catch (const std::exception& e) {
    log::error("io_handler_failed", {{"what", e.what()}});
  }
}

}  // namespace

SteadyTime coarse_now() {
  std::timespec now{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);  // the clock behind std::chrono::steady_clock
  return SteadyTime(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

// The hint: only one thread runs the reactor, so it needs no lock; post() still locks.
IoLoop::IoLoop()
    : context_(std::make_unique<asio::io_context>(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO)),
      guard_(context_->get_executor()) {}

IoLoop::~IoLoop() = default;

const IoLoop*& IoLoop::current() {
  thread_local const IoLoop* loop = nullptr;
  return loop;
}

void IoLoop::start(const std::string& thread_name) {
  thread_ = std::thread([this, thread_name] {
    pthread_setname_np(pthread_self(), thread_name.substr(0, 15).c_str());
    current() = this;
    take_short_turns();
    run();
    current() = nullptr;
  });
}

void IoLoop::run() {
  for (;;) {
    try {
      context_->run();
      return;
    } catch (const std::exception& e) {  // a handler threw: only its connection is lost
      log::error("io_handler_failed", {{"what", e.what()}});
    }
  }
}

void IoLoop::stop(const std::function<void()>& last) {
  if (!thread_.joinable()) return;
  std::promise<void> done;
  post([&] {
    last();
    done.set_value();
  });
  done.get_future().wait();
  std::vector<std::shared_ptr<LoopWork>> dropped;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    dropped.swap(inbox_);
  }
  dropped.clear();
  guard_.reset();
  context_->stop();
  thread_.join();
  running_.clear();
  dirty_.clear();
  tick_.reset();
  context_.reset();
}

void IoLoop::post(std::shared_ptr<LoopWork> work) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;  // `work` is destroyed after the lock is released
    inbox_.push_back(std::move(work));
    if (woken_) return;
    woken_ = true;
    asio::post(*context_, [this] { drain_inbox(); });
  }
}

void IoLoop::post(std::function<void()> work) {
  post(std::make_shared<FunctionWork>(std::move(work)));
}

void IoLoop::drain_inbox() {
  {
    const std::lock_guard lock(mutex_);
    running_.swap(inbox_);
    woken_ = false;
  }
  const Batch batch(*this);
  for (auto& work : running_) {
    guarded([&work] { work->run(); });
    work.reset();
  }
  running_.clear();
}

void IoLoop::flush_later(std::shared_ptr<Flushable> who) {
  if (batch_depth_ == 0) {
    asio::post(*context_, [who = std::move(who)] { who->flush(); });
    return;
  }
  dirty_.push_back(std::move(who));
}

void IoLoop::end_batch() {
  if (batch_depth_ == 1) {
    for (std::size_t i = 0; i < dirty_.size(); ++i) {  // a flush may mark another object dirty
      const auto who = std::move(dirty_[i]);
      guarded([&who] { who->flush(); });
    }
    dirty_.clear();
  }
  --batch_depth_;
}

std::string_view IoLoop::date() {
  std::timespec now{};
  clock_gettime(CLOCK_REALTIME_COARSE, &now);
  if (now.tv_sec != date_second_) {
    date_second_ = now.tv_sec;
    std::tm utc{};
    gmtime_r(&now.tv_sec, &utc);
    std::array<char, 40> text{};
    const auto size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
    date_.assign(text.data(), size);
  }
  return date_;
}

void IoLoop::every(std::chrono::milliseconds interval, std::function<void()> task) {
  tick_.emplace(*context_);
  tick_interval_ = interval;
  tick_task_ = std::move(task);
  arm_tick();
}

void IoLoop::arm_tick() {
  tick_->expires_after(tick_interval_);
  tick_->async_wait([this](const boost::system::error_code& ec) {
    if (ec) return;
    {
      const Batch batch(*this);
      guarded(tick_task_);
    }
    arm_tick();
  });
}

}  // namespace aura::net
