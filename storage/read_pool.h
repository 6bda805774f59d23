// A ReadPool of plain threads. Owned by Storage; the destructor finishes accepted work and joins
// the threads. Work that throws ends the process: the actor that waits for it would wait for ever,
// and after the next start it reads again. (Reads for callers: actors/answered_read.h.)
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "storage/store.h"

namespace aura::storage {

class ThreadReadPool final : public ReadPool {
 public:
  explicit ThreadReadPool(std::size_t threads = 1, std::size_t queued = 4096);
  ~ThreadReadPool() override;

  bool post(std::function<void()> work) override;
  void stop();  // refuses new work, finishes accepted work

 private:
  void run();

  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace aura::storage
