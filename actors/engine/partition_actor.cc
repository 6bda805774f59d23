#include "actors/engine/partition_actor.h"

#include "actors/tree/actor_path.h"
#include "actors/tree/facts.h"
#include "actors/workspace/workspace_actor.h"

namespace aura {
namespace {

struct RestartWorkspace {
  Id id;
};

}  // namespace
}  // namespace aura

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::RestartWorkspace)

namespace aura {

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

void PartitionActor::describe(Facts& facts, api::ActorDetail&) const {
  facts.add("workspaces", workspaces_.size());
  facts.add("stopping", stopping_);
}

void PartitionActor::passivate_below() {
  workspaces_.for_each([this](const Id& id) {
    OperatorOrder leave{actor_path::workspace(id), SteerActor{ActorAction::passivate, {}}};
    workspaces_.order(id, leave, true);
  });
}

void PartitionActor::pass_down(OperatorOrder& order, std::string_view rest) {
  const auto step = actor_path::first(rest);
  const auto workspace = parse_id(IdType::workspace, step.name);
  if (step.folder != "workspaces" || !workspace) return CoreActor::pass_down(order, rest);
  workspaces_.order(*workspace, order, step.last);
}

}  // namespace aura
