#include "actors/engine/engine_actor.h"

#include "actors/workspace/workspace_actor.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;

namespace {

constexpr std::chrono::milliseconds kTimerScanEvery{1000};
constexpr Millis kLiveTimersHandleThemselves = 5000;  // overdue by more: their actor is gone
constexpr std::size_t kTimersPerScan = 1000;

struct RestartWorkspace {
  Id id;
};
struct RestartPartition {
  int number = 0;
};
struct RestartEnginePart {
  std::string name;
};
struct TimersFound {
  std::vector<storage::Row> rows;
};

}  // namespace
}  // namespace aura

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::RestartWorkspace)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::RestartPartition)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::RestartEnginePart)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TimersFound)

namespace aura {

// ---- partition ----------------------------------------------------------------------------------

PartitionActor::PartitionActor(caf::actor_config& config, Services& services, ActorCardPtr card)
    : CoreActor(config, services, std::move(card)),
      workspaces_(
          this, services,
          [this](const Id& id) {
            return services_.directory.open(card_, "workspaces", "workspace",
                                            format_id(IdType::workspace, id), now());
          },
          [this](const Id& id, const ActorCardPtr& child) {
            return spawn<WorkspaceActor>(services_, child, id);
          }) {}

caf::behavior PartitionActor::make_behavior() {
  set_down_handler([this](const caf::down_msg& down) {
    workspaces_.on_down(down, [](const Id& id) { return RestartWorkspace{id}; });
    if (stopping_ && workspaces_.size() == 0) quit();
  });
  const auto route = [this](auto& envelope) {
    const auto scope = busy();
    const Id workspace = envelope.workspace;
    workspaces_.deliver(workspace, std::move(envelope));
  };
  return {
      [route](ToConversation& envelope) { route(envelope); },
      [route](ToConnection& envelope) { route(envelope); },
      [route](ToWorkspace& envelope) { route(envelope); },
      [this](const RestartWorkspace& tick) { workspaces_.on_restart(tick.id); },
      [this](StopActor) {
        stopping_ = true;
        workspaces_.stop_all();
        if (workspaces_.size() == 0) quit();
      },
  };
}

// ---- timers -------------------------------------------------------------------------------------

TimerActor::TimerActor(caf::actor_config& config, Services& services, ActorCardPtr card,
                       caf::actor parent)
    : CoreActor(config, services, std::move(card)), parent_(std::move(parent)) {}

caf::behavior TimerActor::make_behavior() {
  send(this, ScanTimers{});
  return {
      [this](ScanTimers) { scan(); },
      [this](const TimersFound& found) {
        const auto scope = busy();
        for (const auto& stored : found.rows) {
          const auto key = keys::parse_timer(stored.key);
          record::Timer row;
          if (!key || !row.ParseFromString(stored.value)) continue;
          send(parent_, ToConversation{key->workspace, key->owner, Id{},
                                       FireTimer{static_cast<conversation::TimerKind>(key->kind),
                                                 key->due, row.generation()}});
        }
        delayed_send(this, kTimerScanEvery, ScanTimers{});
      },
      [this](StopActor) { quit(); },
  };
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

// ---- engine -------------------------------------------------------------------------------------

EngineActor::EngineActor(caf::actor_config& config, Services& services, ActorCardPtr card)
    : CoreActor(config, services, std::move(card)),
      partitions_(
          this, services,
          [this](int number) {
            return services_.directory.open(card_, "partitions", "partition",
                                            std::to_string(number), now());
          },
          [this](int, const ActorCardPtr& child) {
            return spawn<PartitionActor>(services_, child);
          }),
      parts_(
          this, services,
          [this](const std::string& name) {
            return services_.directory.open(card_, name, name, "", now());
          },
          [this](const std::string& name, const ActorCardPtr& child) -> caf::actor {
            if (name == "ingress") return spawn<IngressActor>(services_, child, self());
            return spawn<TimerActor>(services_, child, self());
          }) {}

template <class Envelope>
void EngineActor::route(Envelope& envelope) {
  const auto scope = busy();
  const int partition = keys::partition_of(envelope.workspace);
  partitions_.deliver(partition, std::move(envelope));
}

caf::behavior EngineActor::make_behavior() {
  set_down_handler([this](const caf::down_msg& down) {
    partitions_.on_down(down, [](int number) { return RestartPartition{number}; }) ||
        parts_.on_down(down, [](const std::string& name) { return RestartEnginePart{name}; });
    if (stopping_) stop_when_empty();
  });
  parts_.start("timers");
  parts_.start("ingress");
  return {
      [this](ToConversation& envelope) { route(envelope); },
      [this](ToConnection& envelope) { route(envelope); },
      [this](ToWorkspace& envelope) { route(envelope); },
      [this](EventsArrived& arrived) { parts_.deliver("ingress", std::move(arrived)); },
      [this](RowsOnDisk& rows) { parts_.deliver("ingress", std::move(rows)); },
      [this](const RestartPartition& tick) { partitions_.on_restart(tick.number); },
      [this](const RestartEnginePart& tick) { parts_.on_restart(tick.name); },
      [](const OrderExpired& expired) {
        expired.reply.error(Errc::timeout, "It does not answer now.");
      },
      [this](StopActor) {
        stopping_ = true;
        parts_.stop_all();  // no new events are dispatched
        partitions_.stop_all();
        stop_when_empty();
      },
  };
}

void EngineActor::stop_when_empty() {
  if (partitions_.size() == 0 && parts_.size() == 0) quit();
}

}  // namespace aura
