// Backups of a running storage: a consistent copy of both databases, verified file by file.
//
//   <folder>/keys/…   checkpoint of the keyring
//   <folder>/db/…     checkpoint of the data
//   <folder>/MANIFEST.sha256    lines "<sha256 hex>  <size>  <relative name>", written last: a
//   backup
//                               without it is not one
//
// The data is copied first, the keyring after it. Keys are durable before the data that uses them
// and are never replaced, so every key that the copied data names is in the copied keyring, or was
// destroyed meanwhile, which a backup must respect. The master key is not in a backup. Blocks; not
// for the scheduler.
#pragma once

#include <functional>
#include <string>

#include "runtime/result.h"
#include "storage/database.h"
#include "storage/keyring.h"

namespace aura::storage {

// Told of each file when it is done.
using BackupProgress = std::function<void(const std::string& file, std::uint64_t bytes)>;

// Into a new folder on the same file system.
Result<void> make_backup(Database& database, Keyring& keyring, const std::string& folder,
                         const BackupProgress& progress = nullptr, rocksdb::Env* env = nullptr);

// Every file of the manifest is there, whole and unaltered, and no other; names the first that is
// not.
Result<void> check_backup(const std::string& folder, const BackupProgress& progress = nullptr,
                          rocksdb::Env* env = nullptr);

// Checks, then copies into `path` (the data directory), which must be missing or empty.
Result<void> restore_backup(const std::string& folder, const std::string& path,
                            const BackupProgress& progress = nullptr, rocksdb::Env* env = nullptr);

}  // namespace aura::storage
