// Backups of a storage, running or closed, collected in one folder:
//
//   <data>/<position>/…    the data as it stood at that position (the last sequence given to a row
//                          of journal, outbox, feed or audit); files that did not change since an
//                          earlier one are links to it: deleting one never harms another
//   <log>/<position>/…     the log that was kept until then (kept_log.h): from the backup before to
//                          this one, commit by commit
//   <keys>/<position>/…    the newest copy of the keyring, and only that: it opens every older copy
//                          of the data too, except what was erased meanwhile
//
// The data is copied first, the keyring after it. Keys are durable before the data that uses them
// and are never replaced, so every key that the copied data names is in the copied keyring, or was
// destroyed meanwhile, which a backup must respect. The master key is not in a backup. Blocks; not
// for the scheduler.
#pragma once

#include <string>
#include <vector>

#include "storage/backup/manifest.h"
#include "storage/database.h"
#include "storage/vault/keyring.h"

namespace aura::storage {

struct BackupPlace {
  std::string data, log, keys;
};
// All in one folder, or the keys elsewhere if `keys` is not empty.
BackupPlace backup_place(const std::string& folder, const std::string& keys = {});

struct StoredBackup {
  std::uint64_t position = 0;
  std::uint64_t files = 0, bytes = 0;                // of the data
  std::uint64_t copied_files = 0, copied_bytes = 0;  // which no earlier backup had
};

// Both databases as they stand and the log, by links into <folder>/db, /log and /keys: short work,
// the engine's part. Replaces what an interrupted backup left there.
Result<void> make_checkpoint(Database& database, Keyring& keyring, const std::string& folder,
                             rocksdb::Env* env = nullptr);

// Puts a checkpoint into the collection.
Result<StoredBackup> store_backup(const std::string& checkpoint, const BackupPlace& place,
                                  Millis now, const BackupProgress& progress = nullptr,
                                  rocksdb::Env* env = nullptr);

// The positions of a collection's complete copies, oldest first.
Result<std::vector<std::uint64_t>> positions_in(const std::string& shelf,
                                                rocksdb::Env* env = nullptr);
std::string copy_folder(const std::string& shelf, std::uint64_t position);

}  // namespace aura::storage
