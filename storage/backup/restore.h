// Restores a backup to a data directory that an engine can start with: as it was at the backup, or
// at a later position, reached by replaying the log in the next backup. Everything is checked
// before anything is written: file hashes, formats, master key. Blocks; for commands only.
#pragma once

#include <optional>

#include "storage/backup/backup.h"
#include "storage/backup/settle_restored.h"

namespace aura::storage {

struct RestoreWish {
  BackupPlace from;
  std::string path;  // the data directory
  // Restores the commits up to this position; nothing: the newest backup.
  std::optional<std::uint64_t> position;
};

struct Restored {
  std::uint64_t position = 0;
  std::uint64_t files = 0;
  Settled settled;
};

// `path` may be missing, or hold a keyring and the files that an engine keeps beside its data
// (master.key and the like). Contacts erased in that keyring stay erased.
Result<Restored> restore_backup(const RestoreWish& wish, const DataKey& master, const Clock& clock,
                                const BackupProgress& progress = nullptr,
                                rocksdb::Env* env = nullptr);

}  // namespace aura::storage
