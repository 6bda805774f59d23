// Storage statistics: families, files, compaction, latency of synced writes. Reads RocksDB's own
// figures and no rows; takes a few microseconds per family. Any thread may call.
#pragma once

#include <chrono>
#include <mutex>

#include "runtime/metrics.h"
#include "storage/database.h"
#include "storage/schema/api.pb.h"

namespace aura::storage {

api::StorageUse measure_use(const Database& database);  // all but `fsync`

// How long writing and syncing a group took since the last look at least a second ago: a disk that
// became slow shows at once.
class SyncTimes {
 public:
  api::Latency look(std::chrono::steady_clock::time_point now);

 private:
  std::mutex mutex_;
  std::chrono::steady_clock::time_point looked_at_;  // guarded by mutex_, like the rest
  metrics::Histogram::Counts before_;
  api::Latency shown_;
};

}  // namespace aura::storage
