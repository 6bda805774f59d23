#include "actors/engine/timer_actor.h"

#include <chrono>
#include <utility>
#include <vector>

#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;

namespace {

constexpr std::chrono::milliseconds kTimerScanEvery{1000};
constexpr Millis kLiveTimersHandleThemselves = 5000;  // if overdue for longer, the actor is gone
constexpr std::size_t kTimersPerScan = 1000;

struct ScanTimers {};
struct KeptUp {};
struct TimersFound {
  Result<std::vector<storage::Row>> rows;
};

}  // namespace
}  // namespace aura

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::ScanTimers)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::KeptUp)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TimersFound)

namespace aura {

TimerActor::TimerActor(caf::actor_config& config, Services& services, ActorCardPtr card,
                       caf::actor parent)
    : CoreActor(config, services, std::move(card)), parent_(std::move(parent)) {}

caf::behavior TimerActor::make_behavior() {
  send(this, ScanTimers{});
  return {
      [this](ScanTimers) {
        scan();
        keep_up();
      },
      [this](KeptUp) { keeping_up_ = false; },
      [this](const TimersFound& found) {
        const auto scope = busy();
        if (found.rows)
          fire(*found.rows);
        else
          log::error("timer_scan_failed", {{"reason", found.rows.error().detail}});
        delayed_send(this, kTimerScanEvery, ScanTimers{});
      },
      [this](StopActor) { quit(); },
  };
}

void TimerActor::fire(const std::vector<storage::Row>& timers) {
  for (const auto& stored : timers) {
    const auto key = keys::parse_timer(stored.key);
    record::Timer row;
    if (!key || !row.ParseFromString(stored.value)) continue;
    send(parent_, ToConversation{key->workspace, key->owner, Id{},
                                 FireTimer{static_cast<conversation::TimerKind>(key->kind),
                                           key->due, row.generation()}});
  }
}

void TimerActor::scan() {
  const Millis until = first_ ? now() : now() - kLiveTimersHandleThemselves;
  first_ = false;
  const bool posted =
      services_.read_pool.post([to = self(), this_scan = services_.due_timers, until] {
        caf::anon_send(to, TimersFound{this_scan(until, kTimersPerScan)});
      });
  if (!posted) delayed_send(this, kTimerScanEvery, ScanTimers{});
}

// Not on the read thread, on which customers' events wait: some of it reads the whole journal.
void TimerActor::keep_up() {
  if (!services_.upkeep || keeping_up_) return;
  keeping_up_ = services_.index_pool.post([to = self(), upkeep = services_.upkeep, at = now()] {
    upkeep(at);
    caf::anon_send(to, KeptUp{});
  });
}

}  // namespace aura
