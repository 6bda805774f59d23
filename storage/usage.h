// What the database uses: families, files, compaction, time of a synced write. Reads RocksDB's own
// figures, no rows; a few microseconds a family. Any thread may call.
#pragma once

#include "storage/database.h"
#include "storage/schema/api.pb.h"

namespace aura::storage {

api::StorageUse measure_use(const Database& database);

}  // namespace aura::storage
