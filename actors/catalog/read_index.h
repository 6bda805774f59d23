// Builds the index from which a workspace's agent answers: profile, items and documents. Reads all
// rows and may take seconds: only on an index thread, never on the scheduler.
#pragma once

#include <memory>

#include "actors/agent/retrieval.h"
#include "storage/store.h"

namespace aura::catalog {

Result<std::shared_ptr<const agent::RetrievalIndex>> read_index(const storage::Reader& reader,
                                                                const Id& workspace);

}  // namespace aura::catalog
