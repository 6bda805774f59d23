// Storage statistics: families, files, compaction, latency of synced writes. Reads RocksDB's own
// figures and no rows; takes a few microseconds per family. Any thread may call.
#pragma once

#include "storage/database.h"
#include "storage/schema/api.pb.h"

namespace aura::storage {

api::StorageUse measure_use(const Database& database);

}  // namespace aura::storage
