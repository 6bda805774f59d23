#include "storage/usage.h"

namespace aura::storage {
namespace {

std::int64_t property(const Database& database, Family family, const rocksdb::Slice& name) {
  std::uint64_t value = 0;
  database.db().GetIntProperty(database.handle(family), name, &value);
  return static_cast<std::int64_t>(value);
}

api::FamilyUse use_of(const Database& database, Family family) {
  using P = rocksdb::DB::Properties;
  api::FamilyUse use;
  use.set_name(family_name(family));
  use.set_keys(property(database, family, P::kEstimateNumKeys));
  use.set_bytes(property(database, family, P::kLiveSstFilesSize));
  use.set_memory_bytes(property(database, family, P::kCurSizeAllMemTables));
  rocksdb::ColumnFamilyMetaData files;
  database.db().GetColumnFamilyMetaData(database.handle(family), &files);
  use.set_files(static_cast<int>(files.file_count));
  return use;
}

}  // namespace

api::StorageUse measure_use(const Database& database) {
  using P = rocksdb::DB::Properties;
  api::StorageUse use;
  std::int64_t pending = 0;
  for (int i = 0; i < kFamilyCount; ++i) {
    const auto family = static_cast<Family>(i);
    *use.add_families() = use_of(database, family);
    pending += property(database, family, P::kEstimatePendingCompactionBytes);
  }
  use.set_compaction_pending_bytes(pending);
  use.set_compactions_running(
      static_cast<int>(property(database, Family::meta, P::kNumRunningCompactions)));
  use.set_flushes_running(
      static_cast<int>(property(database, Family::meta, P::kNumRunningFlushes)));
  return use;
}

// While nothing is written, the last times stay.
api::Latency SyncTimes::look(std::chrono::steady_clock::time_point now) {
  constexpr std::chrono::seconds kShortest{1};
  constexpr double kMicros = 1e6;
  const std::lock_guard lock(mutex_);
  if (now - looked_at_ < kShortest) return shown_;
  const auto counts = metrics::histogram("aura_storage_group_write_seconds",
                                         "Writing and syncing one group of commits")
                          .counts();
  looked_at_ = now;
  if (counts.total() == before_.total()) return shown_;
  const auto since = counts.since(before_);
  shown_.set_count(counts.total());
  shown_.set_p50_us(since.quantile(0.5) * kMicros);
  shown_.set_p99_us(since.quantile(0.99) * kMicros);
  before_ = counts;
  return shown_;
}

}  // namespace aura::storage
