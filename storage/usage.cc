#include "storage/usage.h"

#include "runtime/metrics.h"

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
  const auto write = metrics::histogram("aura_storage_group_write_seconds",
                                        "Writing and syncing one group of commits");
  constexpr double kMicros = 1e6;
  use.mutable_fsync()->set_count(write.count());
  use.mutable_fsync()->set_p50_us(write.quantile(0.5) * kMicros);
  use.mutable_fsync()->set_p99_us(write.quantile(0.99) * kMicros);
  return use;
}

}  // namespace aura::storage
