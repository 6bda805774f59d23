// Inspection of a workspace by operators, and routing of orders to the actors below it.
#include "actors/tree/actor_path.h"
#include "actors/tree/facts.h"
#include "actors/workspace/workspace_actor.h"

namespace aura {

void WorkspaceActor::describe(Facts& facts, api::ActorDetail&) const {
  facts.add("name", info_.name());
  facts.add("conversations_awake", conversations_.size());
  facts.add("connections", connections_.size());
  facts.add("failed_lately", conversations_.troubled() + connections_.troubled());
  facts.add("writes_waiting", writes_.size());
  facts.add("writing", writing_);
  facts.add("stopping", stopping_);
}

void WorkspaceActor::pass_down(OperatorOrder& order, std::string_view rest) {
  const auto step = actor_path::first(rest);
  if (step.last && step.folder == "conversations")
    if (const auto id = parse_id(IdType::conversation, step.name))
      return conversations_.order(*id, order, true);
  if (step.last && step.folder == "connections")
    if (const auto id = parse_id(IdType::channel, step.name))
      return connections_.order(*id, order, true);
  const bool part = step.folder == "agent" || step.folder == "catalog" || step.folder == "media";
  if (part && step.name.empty()) return parts_.order(std::string(step.folder), order, true);
  CoreActor::pass_down(order, rest);
}

void WorkspaceActor::passivate_below() {
  conversations_.sweep(std::chrono::milliseconds(0), 0, conversations_.size());
}

}  // namespace aura
