// The list of a backup's files, and the proof that they are whole. Text, written last: a folder
// without it is no backup.
//
//   aura-backup 1
//   position <last sequence in it>          made <ms since 1970>
//   file <sha256> <bytes> <name>            one a file, by name
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

// Told of each file when it is done, with its bytes.
using BackupProgress = std::function<void(const std::string& file, std::uint64_t bytes)>;

Result<void> write_manifest(rocksdb::Env& env, const std::string& folder,
                            const BackupManifest& manifest);
// Errc::corrupt if it is missing, truncated or altered.
Result<BackupManifest> read_manifest(rocksdb::Env& env, const std::string& folder);

// Reads a file through, into `copy` if there is one. The name is left empty.
Result<BackupFile> read_through(rocksdb::Env& env, const std::string& from,
                                rocksdb::WritableFile* copy);

// Every file of the manifest is there, whole and unaltered, and no other; names the first that is
// not.
Result<BackupManifest> check_files(rocksdb::Env& env, const std::string& folder,
                                   const BackupProgress& progress);

// The files and folders in one, by name; Errc::not_found if there is no such folder.
Result<std::vector<std::string>> names_in(rocksdb::Env& env, const std::string& folder);
Result<void> sync_folder(rocksdb::Env& env, const std::string& folder);
// With what is in it; that there is none is no failure.
Result<void> remove_folder(rocksdb::Env& env, const std::string& folder);

}  // namespace aura::storage
