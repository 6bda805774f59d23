// Rings of actors with the engine's scheduler settings (work stealing, max-throughput 64, one
// worker per core). The reference is plain CAF 0.17.6. The engine's ring differs only in
// CoreActor's accounting of each message on the actor's card in the directory.
#include <malloc.h>

#include <atomic>
#include <caf/all.hpp>
#include <thread>

#include "bench/suites/actor_probe.h"
#include "runtime/directory.h"

namespace aura::bench {
namespace {

using NextAtom = caf::atom_constant<caf::atom("next")>;
using HopAtom = caf::atom_constant<caf::atom("hop")>;

// Allocated memory: unlike resident memory it does not depend on what was freed before.
double allocated_bytes() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

// State shared by all members: one token goes round until `running` is false; the last member
// stores the count.
struct Ring {
  std::atomic<bool> running{true};
  std::atomic<std::uint64_t> hops{0};
};

struct BareAccounting {
  void open(std::size_t) {}
  void arrives() {}
  struct Scope {
    Scope(BareAccounting&, const caf::event_based_actor&) {}
    ~Scope() {}
  };
};

struct EngineAccounting {
  Directory* directory = nullptr;
  ActorCardPtr root;
  ActorCardPtr card;
  void open(std::size_t number) {
    card = directory->open(root, "members", "member", std::to_string(number), 0);
  }
  void arrives() { note_arrival(*card); }
  struct Scope {
    Scope(EngineAccounting& accounting, caf::event_based_actor& self)
        : busy(*accounting.card, self.mailbox().size()) {}
    BusyScope busy;
  };
};

template <class Accounting>
class RingMember final : public caf::event_based_actor {
 public:
  RingMember(caf::actor_config& config, Accounting accounting, std::size_t number, Ring* ring)
      : caf::event_based_actor(config), accounting_(std::move(accounting)), ring_(ring) {
    accounting_.open(number);
  }

  using caf::event_based_actor::enqueue;
  void enqueue(caf::mailbox_element_ptr element, caf::execution_unit* worker) override {
    accounting_.arrives();
    caf::event_based_actor::enqueue(std::move(element), worker);
  }

  caf::behavior make_behavior() override {
    return {[this](NextAtom, const caf::actor& next) { next_ = next; },
            [this](HopAtom, std::uint64_t count) {
              const typename Accounting::Scope scope(accounting_, *this);
              if (ring_->running.load(std::memory_order_relaxed)) {
                send(next_, HopAtom::value, count + 1);
              } else {
                next_ = nullptr;
                ring_->hops.store(count);
              }
            }};
  }

 private:
  Accounting accounting_;
  Ring* ring_;
  caf::actor next_;
};

template <class Accounting>
class RingProbe final : public ActorProbe {
 public:
  explicit RingProbe(Accounting accounting)
      : accounting_(std::move(accounting)), system_(configured(config_)) {}

  double hops_per_second(std::size_t actors, double seconds) override {
    Ring ring;
    const auto members = spawn(actors, ring);
    for (std::size_t i = 0; i < actors; ++i) {
      caf::anon_send(members[i], NextAtom::value, members[(i + 1) % actors]);
    }
    const auto began = std::chrono::steady_clock::now();
    caf::anon_send(members[0], HopAtom::value, std::uint64_t{0});
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    ring.running = false;
    while (ring.hops.load() == 0) std::this_thread::yield();
    const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began);
    end(members);
    return static_cast<double>(ring.hops.load()) / took.count();
  }

  double bytes_per_idle_actor(std::size_t count) override {
    Ring ring;
    const auto before = allocated_bytes();
    const auto members = spawn(count, ring);
    const auto after = allocated_bytes();
    end(members);
    return (after - before) / static_cast<double>(count);
  }

 private:
  static caf::actor_system_config& configured(caf::actor_system_config& config) {
    config.set("scheduler.max-throughput", 64);
    config.set("scheduler.max-threads", std::thread::hardware_concurrency());
    return config;
  }

  std::vector<caf::actor> spawn(std::size_t count, Ring& ring) {
    std::vector<caf::actor> members;
    members.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      members.push_back(system_.spawn<RingMember<Accounting>>(accounting_, i, &ring));
    }
    return members;
  }

  // Waits for the members to end, because they point to the caller's Ring.
  void end(const std::vector<caf::actor>& members) {
    caf::scoped_actor self(system_);
    for (const auto& member : members) caf::anon_send_exit(member, caf::exit_reason::kill);
    self->wait_for(members);
  }

  Accounting accounting_;
  caf::actor_system_config config_;
  caf::actor_system system_;
};

class EngineProbe final : public ActorProbe {
 public:
  double hops_per_second(std::size_t actors, double seconds) override {
    return ring_.hops_per_second(actors, seconds);
  }
  double bytes_per_idle_actor(std::size_t count) override {
    return ring_.bytes_per_idle_actor(count);
  }

 private:
  Directory directory_;
  RingProbe<EngineAccounting> ring_{{&directory_, directory_.open_root("bench", 0), nullptr}};
};

}  // namespace

std::unique_ptr<ActorProbe> make_bare_caf_probe() {
  return std::make_unique<RingProbe<BareAccounting>>(BareAccounting{});
}

std::unique_ptr<ActorProbe> make_engine_probe() { return std::make_unique<EngineProbe>(); }

}  // namespace aura::bench
