// The reference of the actors suite: plain CAF 0.17.6, no layer of ours, on the engine's scheduler
// settings (work stealing, max-throughput 64, one worker a core).
#include <unistd.h>

#include <atomic>
#include <caf/all.hpp>
#include <thread>

#include "bench/harness/usage.h"
#include "bench/suites/actor_probe.h"

namespace aura::bench {
namespace {

using NextAtom = caf::atom_constant<caf::atom("next")>;
using HopAtom = caf::atom_constant<caf::atom("hop")>;

struct RingState {
  caf::actor next;
};

// The token goes round until the count of hops, shared by the ring, is to stop.
struct Ring {
  std::atomic<bool> running{true};
  std::atomic<std::uint64_t> hops{0};  // written by whoever holds the only token
};

caf::behavior ring_member(caf::stateful_actor<RingState>* self, Ring* ring) {
  return {[self](NextAtom, const caf::actor& next) { self->state.next = next; },
          [self, ring](HopAtom, std::uint64_t count) {
            if (!ring->running.load(std::memory_order_relaxed)) {
              ring->hops.store(count);
              self->state.next = nullptr;
              return;
            }
            self->send(self->state.next, HopAtom::value, count + 1);
          }};
}

caf::behavior idle_member(caf::event_based_actor*) {
  return {[](HopAtom, std::uint64_t) {}};
}

class BareCafProbe final : public ActorProbe {
 public:
  BareCafProbe() : system_(configured(config_)) {}

  double hops_per_second(std::size_t actors, double seconds) override {
    Ring ring;
    std::vector<caf::actor> members;
    for (std::size_t i = 0; i < actors; ++i) members.push_back(system_.spawn(ring_member, &ring));
    for (std::size_t i = 0; i < actors; ++i) {
      caf::anon_send(members[i], NextAtom::value, members[(i + 1) % actors]);
    }
    const auto began = std::chrono::steady_clock::now();
    caf::anon_send(members[0], HopAtom::value, std::uint64_t{0});
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    ring.running = false;
    while (ring.hops.load() == 0) std::this_thread::yield();
    const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began);
    for (const auto& member : members) caf::anon_send_exit(member, caf::exit_reason::kill);
    return static_cast<double>(ring.hops.load()) / took.count();
  }

  double bytes_per_idle_actor(std::size_t count) override {
    const auto before = usage_of(getpid()).resident_bytes;
    std::vector<caf::actor> members;
    members.reserve(count);
    for (std::size_t i = 0; i < count; ++i) members.push_back(system_.spawn(idle_member));
    const auto after = usage_of(getpid()).resident_bytes;
    for (const auto& member : members) caf::anon_send_exit(member, caf::exit_reason::kill);
    return static_cast<double>(after - before) / static_cast<double>(count);
  }

 private:
  static caf::actor_system_config& configured(caf::actor_system_config& config) {
    config.set("scheduler.max-throughput", 64);
    config.set("scheduler.max-threads", std::thread::hardware_concurrency());
    return config;
  }

  caf::actor_system_config config_;
  caf::actor_system system_;
};

}  // namespace

std::unique_ptr<ActorProbe> make_bare_caf_probe() { return std::make_unique<BareCafProbe>(); }

}  // namespace aura::bench
