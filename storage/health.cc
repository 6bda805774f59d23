#include "storage/health.h"

#include "runtime/fault_points.h"
#include "runtime/log.h"

namespace aura::storage {
namespace {

class Listener final : public rocksdb::EventListener {
 public:
  explicit Listener(Health& health) : health_(health) {}

  void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* status) override {
    health_.failed("background", *status);
  }
  // The writer itself resumes after a full disk, four times a second. RocksDB's own recovery tries
  // only every five seconds and would refuse the writer's attempts meanwhile.
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status,
                            bool* auto_recovery) override {
    *auto_recovery = false;
  }
  bool ShouldBeNotifiedOnFileIO() override { return true; }
  void OnIOError(const rocksdb::IOErrorInfo& info) override {
    using Type = rocksdb::FileOperationType;
    if (info.operation == Type::kSync || info.operation == Type::kFsync ||
        info.operation == Type::kRangeSync)
      health_.fatal("fsync", info.io_status);
  }
  void OnFlushBegin(rocksdb::DB*, const rocksdb::FlushJobInfo&) override {
    fault::point("S10_flush");
  }
  void OnCompactionBegin(rocksdb::DB*, const rocksdb::CompactionJobInfo&) override {
    fault::point("S10_compaction");
  }

 private:
  Health& health_;
};

}  // namespace

void Health::failed(std::string_view where, const rocksdb::Status& status) {
  if (status.ok() || status.IsShutdownInProgress()) return;
  if (status.IsNoSpace()) {
    log::warn("storage.no_space", {{"where", where}});
  } else if (status.IsCorruption()) {
    damaged_ = true;
    log::error("storage.damaged", {{"where", where}, {"status", status.ToString()}});
  } else {
    fatal(where, status);
  }
}

void Health::fatal(std::string_view where, const rocksdb::Status& status) {
  dead_ = true;
  log::error("storage.failed",
             {{"where", where}, {"status", status.ToString()}, {"exit", kExitStorageFailed}});
  exit_(kExitStorageFailed);
}

std::shared_ptr<rocksdb::EventListener> health_listener(Health& health) {
  return std::make_shared<Listener>(health);
}

}  // namespace aura::storage
