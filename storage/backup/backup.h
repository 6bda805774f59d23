// Backups of a storage, running or closed, collected in one folder:
//
//   <data>/<position>/…    the data at that position (the last sequence given to a row of journal,
//                          outbox, feed or audit); unchanged files are links to an earlier copy's,
//                          and deleting one copy never harms another
//   <log>/<position>/…     the kept log (kept_log.h) from the previous backup to this one, commit
//                          by commit
//   <keys>/<position>/…    only the newest copy of the keyring: it also opens every older copy of
//                          the data, except data erased meanwhile
//
// The data is copied before the keyring. Keys are durable before the data that uses them and are
// never replaced, so the copied keyring has every key that the copied data needs, except keys
// destroyed meanwhile, which must stay destroyed. The master key is not in a backup. Blocks; not
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
// Everything in one folder, or the keys in `keys` if it is not empty.
BackupPlace backup_place(const std::string& folder, const std::string& keys = {});

struct StoredBackup {
  std::uint64_t position = 0;
  std::uint64_t files = 0, bytes = 0;                // of data, log and keyring
  std::uint64_t copied_files = 0, copied_bytes = 0;  // not in an earlier backup
  StoredBackup& operator+=(const StoredBackup& other);
};

// The engine's (short) part: links both databases and the log into <folder>/db, /log and /keys.
// Replaces the leftovers of an interrupted backup.
Result<void> make_checkpoint(Database& database, Keyring& keyring, const std::string& folder,
                             rocksdb::Env* env = nullptr);

// Adds a checkpoint to the collection.
Result<StoredBackup> store_backup(const std::string& checkpoint, const BackupPlace& place,
                                  Millis now, const BackupProgress& progress = nullptr,
                                  rocksdb::Env* env = nullptr);

// The positions of the complete copies on a shelf, oldest first.
Result<std::vector<std::uint64_t>> positions_in(const std::string& shelf,
                                                rocksdb::Env* env = nullptr);
std::string copy_folder(const std::string& shelf, std::uint64_t position);

}  // namespace aura::storage
