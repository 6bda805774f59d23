// What a workspace's agent answers from, made from its stored rows: profile, items, documents.
// Reads them all and takes up to seconds: on an index thread only, never on the scheduler.
#pragma once

#include <memory>

#include "actors/agent/retrieval.h"
#include "storage/store.h"

namespace aura::catalog {

Result<std::shared_ptr<const agent::RetrievalIndex>> read_index(const storage::Reader& reader,
                                                                const Id& workspace);

}  // namespace aura::catalog
