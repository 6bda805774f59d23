// The list of a backup's files with their hashes. Text, written last: a folder without it is not a
// backup.
//
//   aura-backup 1
//   position <last sequence in it>          made <ms since 1970>
//   file <sha256> <bytes> <name>            one per file, by name
//   end <sha256 of every line above>
//
// Blocks; not for the scheduler.
#pragma once

#include <rocksdb/env.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "runtime/clock.h"
#include "runtime/result.h"

namespace aura::storage {

struct BackupFile {
  std::string name;
  std::string sha256;  // in hexadecimal
  std::uint64_t size = 0;
};

struct BackupManifest {
  std::uint64_t position = 0;
  Millis made_ms = 0;
  std::vector<BackupFile> files;  // by name

  const BackupFile* find(const std::string& name) const;
};

inline constexpr const char* kBackupManifest = "MANIFEST.aura";

// Called for each finished file with its size.
using BackupProgress = std::function<void(const std::string& file, std::uint64_t bytes)>;

Result<void> write_manifest(rocksdb::Env& env, const std::string& folder,
                            const BackupManifest& manifest);
// Errc::corrupt if it is missing, truncated or altered.
Result<BackupManifest> read_manifest(rocksdb::Env& env, const std::string& folder);

// Reads and hashes a file; writes it to `copy` if not null. The result's name stays empty.
Result<BackupFile> read_through(rocksdb::Env& env, const std::string& from,
                                rocksdb::WritableFile* copy);

// Checks that the folder holds exactly the manifest's files, complete and unaltered, and is named
// after its position; the error names the first problem.
Result<BackupManifest> check_files(rocksdb::Env& env, const std::string& folder,
                                   const BackupProgress& progress);

// The files and folders in `folder`, sorted by name; Errc::not_found if there is no such folder.
Result<std::vector<std::string>> names_in(rocksdb::Env& env, const std::string& folder);
Result<void> sync_folder(rocksdb::Env& env, const std::string& folder);
// Removes the folder with its contents; a missing folder is not an error.
Result<void> remove_folder(rocksdb::Env& env, const std::string& folder);

}  // namespace aura::storage
