// IoLoop: one io_context run by one thread. A socket or timer belongs to one loop for life and is
// used only on its thread, so it needs no lock and no strand. Other threads post work to it; many
// posts cost one wake-up. Shared by everyone who may still post; work posted to a stopped loop is
// dropped.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace aura::net {

namespace asio = boost::asio;
using SteadyTime = std::chrono::steady_clock::time_point;

// The current time to within a few milliseconds, which is enough for timeouts; much cheaper than
// the exact time.
SteadyTime coarse_now();

// Work that is already an object (a reply, for example): posting it allocates nothing.
class LoopWork {
 public:
  virtual ~LoopWork() = default;
  virtual void run() = 0;  // on the loop's thread
};

// Collects output while a batch of work runs and sends it at the end of the batch.
class Flushable {
 public:
  virtual ~Flushable() = default;
  virtual void flush() = 0;
};

class IoLoop : public std::enable_shared_from_this<IoLoop> {
 public:
  IoLoop();
  ~IoLoop();
  IoLoop(const IoLoop&) = delete;
  IoLoop& operator=(const IoLoop&) = delete;

  void start(const std::string& thread_name);
  // Runs `last` on the loop, ends the loop and joins its thread. Objects still in the queue are
  // destroyed.
  void stop(const std::function<void()>& last);

  // Any thread:
  void post(std::shared_ptr<LoopWork> work);
  void post(std::function<void()> work);
  bool on_this_thread() const { return current() == this; }

  // Only on the loop's thread (or before start()):
  asio::io_context& context() { return *context_; }
  void flush_later(std::shared_ptr<Flushable> who);  // at the end of the running batch
  std::string_view date();                           // "Mon, 23 Nov 2026 22:15:01 GMT"
  void every(std::chrono::milliseconds interval, std::function<void()> task);

  // Output requested within a Batch is sent when the outermost Batch ends.
  class Batch {
   public:
    explicit Batch(IoLoop& loop) : loop_(loop) { ++loop_.batch_depth_; }
    ~Batch() { loop_.end_batch(); }
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;

   private:
    IoLoop& loop_;
  };

 private:
  static const IoLoop*& current();
  void run();
  void drain_inbox();
  void end_batch();
  void arm_tick();

  std::unique_ptr<asio::io_context> context_;
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> guard_;
  std::thread thread_;

  std::mutex mutex_;
  std::vector<std::shared_ptr<LoopWork>> inbox_;  // guarded by mutex_
  bool woken_ = false;                            // guarded by mutex_; a drain is scheduled
  bool closed_ = false;                           // guarded by mutex_

  std::vector<std::shared_ptr<LoopWork>> running_;
  std::vector<std::shared_ptr<Flushable>> dirty_;
  int batch_depth_ = 0;
  std::int64_t date_second_ = -1;
  std::string date_;
  std::optional<asio::steady_timer> tick_;
  std::chrono::milliseconds tick_interval_{0};
  std::function<void()> tick_task_;
};

}  // namespace aura::net
