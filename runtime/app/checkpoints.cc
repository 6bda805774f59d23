#include "runtime/app/checkpoints.h"

#include <system_error>
#include <thread>

#include "runtime/app/backup_lock.h"
#include "runtime/app/commit_and_wait.h"
#include "storage/commit/writer.h"

namespace aura::app {

StoredCheckpoints::StoredCheckpoints(storage::Storage& store, const Clock& clock,
                                     const std::filesystem::path& data)
    : store_(store), clock_(clock), folder_(std::filesystem::absolute(data) / "checkpoint") {
  // Remove the checkpoint of a killed backup: its links keep old files on disk.
  std::error_code gone;
  if (std::filesystem::exists(folder_, gone) && BackupLock(data).held())
    std::filesystem::remove_all(folder_, gone);
}

StoredCheckpoints::~StoredCheckpoints() {
  const std::lock_guard lock(mutex_);
  if (worker_.joinable()) worker_.join();
}

void StoredCheckpoints::checkpoint(Reply<std::string> reply) {
  if (busy_.exchange(true))
    return reply(fail(Errc::conflict, "A checkpoint is being made; try again when it is done."));
  const std::lock_guard lock(mutex_);
  if (worker_.joinable()) worker_.join();
  try {
    worker_ = std::thread([this, reply] {
      const auto made = make();
      busy_ = false;
      reply(made);
    });
  } catch (const std::system_error&) {
    busy_ = false;
    reply(fail(Errc::unavailable, "No thread could be started for it; try again."));
  }
}

// The audit entry is committed first, so that the checkpoint contains it.
Result<std::string> StoredCheckpoints::make() {
  storage::Commit commit;
  commit.audit =
      storage::AuditEntry{clock_.now_ms(), storage::kOperator, "backup.checkpoint", "data"};
  if (const Errc code = commit_and_wait(store_.writer(), std::move(commit)); code != Errc::ok)
    return fail(code, "The audit entry could not be stored.");
  if (auto made = store_.checkpoint(folder_); !made) return tl::unexpected(made.error());
  return folder_;
}

}  // namespace aura::app
