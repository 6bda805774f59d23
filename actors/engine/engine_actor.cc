#include "actors/engine/engine_actor.h"

#include "actors/engine/partition_actor.h"
#include "actors/engine/timer_actor.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;

namespace {

struct RestartPartition {
  int number = 0;
};
struct RestartEnginePart {
  std::string name;
};

}  // namespace
}  // namespace aura

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::RestartPartition)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::RestartEnginePart)

namespace aura {

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
          }) {
  const auto give_up = [&services](const std::string& path) { services.give_up(path); };
  partitions_.on_quarantine(give_up);
  parts_.on_quarantine(give_up);
}

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
      [this](ReadDropped again) { parts_.deliver("ingress", again); },
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
