// Converts catalog rows to the agent's own types. Pure.
#pragma once

#include "actors/agent/knowledge.h"
#include "storage/schema/api.pb.h"

namespace aura::catalog {

agent::CatalogItem to_agent(const Id& id, const api::Item& item);
agent::Document to_agent(const Id& id, const api::Document& document);
agent::BusinessProfile to_agent(const api::Workspace& workspace);

// Applies the given fields of a PATCH (or, on a new item, a POST) to the item.
void merge(const api::ItemInput& input, api::Item& item);

}  // namespace aura::catalog
