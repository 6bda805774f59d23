// Drops expired rows during compaction: idempotency rows after 24 h, feed rows after 7 days, dead
// letters after 30 days, by the time in the record. Compaction may come late, so readers check the
// time too. Owned by the database; called from its compaction threads.
#pragma once

#include <rocksdb/compaction_filter.h>

#include <memory>

#include "runtime/clock.h"
#include "storage/families.h"

namespace aura::storage {

// Null for a family whose rows do not expire. `clock` must outlive the filter.
std::unique_ptr<rocksdb::CompactionFilter> expiry_filter(Family family, const Clock& clock);

}  // namespace aura::storage
