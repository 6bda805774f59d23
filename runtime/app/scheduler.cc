#include "runtime/app/scheduler.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <caf/atom.hpp>
#include <caf/thread_hook.hpp>
#include <thread>

#include "config/limits.h"

namespace aura::app {
namespace {

// Socket threads and the writer have priority over actors: acknowledgements do not wait for the
// work behind them. The actors' backlog is durable, bounded and dispatched fairly.
class YieldToAcknowledgements final : public caf::thread_hook {
 public:
  void init(caf::actor_system&) override {}
  void thread_started() override {
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kActorNice);
  }
  void thread_terminates() override {}

 private:
  static constexpr int kActorNice = 4;
};

}  // namespace

caf::actor_system_config& schedule(caf::actor_system_config& config, int threads) {
  const auto cores = std::max(1u, std::thread::hardware_concurrency());
  config.set("scheduler.max-threads", static_cast<std::size_t>(threads > 0 ? threads : cores));
  // With unbounded throughput, two busy actors could starve all others.
  config.set("scheduler.max-throughput", static_cast<std::size_t>(limits::kMaxThroughput));
  // One shared queue: work-stealing workers poll, which costs a small machine too many cycles
  // (without it a job used a fifth less processor time).
  config.set("scheduler.policy", caf::atom("sharing"));
  config.add_thread_hook<YieldToAcknowledgements>();
  return config;
}

}  // namespace aura::app
