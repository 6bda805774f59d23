// What the agent is given of the catalog: rows as the agent's own values. Pure.
#pragma once

#include "actors/agent/knowledge.h"
#include "storage/schema/api.pb.h"

namespace aura::catalog {

agent::CatalogItem to_agent(const Id& id, const api::Item& item);
agent::Document to_agent(const Id& id, const api::Document& document);
agent::BusinessProfile to_agent(const api::Workspace& workspace);

// Lays the given fields over the item: what a PATCH (or, on a new item, a POST) says.
void merge(const api::ItemInput& input, api::Item& item);

}  // namespace aura::catalog
