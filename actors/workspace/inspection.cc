// What a workspace and its agent, catalog and media actors show to operators; orders for actors
// below.
#include "actors/catalog/catalog_actor.h"
#include "actors/media/media_actor.h"
#include "actors/tree/actor_path.h"
#include "actors/tree/facts.h"
#include "actors/workspace/agent_actor.h"
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

void AgentActor::describe(Facts& facts, api::ActorDetail&) const {
  facts.add("turns_waiting", waiting_.size());
  facts.add("index_built", index_->get() != nullptr);
  facts.add("index_building", building_);
}

void CatalogActor::describe(Facts& facts, api::ActorDetail&) const {
  facts.add("items", items_);
  facts.add("documents", documents_);
  facts.add("commands_waiting", waiting_.size());
  facts.add("counted", counted_);
}

void MediaActor::describe(Facts& facts, api::ActorDetail& detail) const {
  facts.add("fetches", jobs_.size());
  facts.add("looking", looking_);
  facts.add("allowance_entries", allowance_.entries());
  if (!ticks_at_) return;
  auto& timer = *detail.add_timers();
  timer.set_what("media_due");
  timer.set_due_at(*ticks_at_);
}

}  // namespace aura
