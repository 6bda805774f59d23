// From a backup to a data directory that an engine can start on: as it stood when the backup was
// made, or at a position after that, reached by the log that the next backup took along. Everything
// is checked before anything is written: the files by their hashes, the formats, the master key.
// Blocks; for the commands, not for an engine.
#pragma once

#include <optional>

#include "storage/backup/backup.h"
#include "storage/backup/settle_restored.h"

namespace aura::storage {

struct RestoreWish {
  BackupPlace from;
  std::string path;  // the data directory
  // The commits up to it, and no later one; none: the newest backup.
  std::optional<std::uint64_t> position;
};

struct Restored {
  std::uint64_t position = 0;
  std::uint64_t files = 0;
  Settled settled;
};

// `path` may be missing, or hold only what an engine keeps beside its data (master.key and the
// like) and the keyring: contacts erased in that keyring stay erased.
Result<Restored> restore_backup(const RestoreWish& wish, const DataKey& master, const Clock& clock,
                                const BackupProgress& progress = nullptr,
                                rocksdb::Env* env = nullptr);

}  // namespace aura::storage
