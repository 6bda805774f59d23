// Rotation of the master key. The keys that it wraps are wrapped anew in one synced batch, so a
// kill leaves the keyring under the old key or under the new one, and the files say which to take:
//
//   <file>.next  the new key, until the keyring is wrapped by it; then it becomes <file>
//   <file>.old   the former key: backups made before the rotation need it
//
// Repeating the command, or starting the engine, finishes a rotation that was cut off. Blocks; for
// closed data.
#pragma once

#include <string>

#include "storage/store.h"

namespace rocksdb {
class Env;
}

namespace aura::storage {

// Errc::conflict if an engine runs on the data, or if <file>.old is another key.
Result<void> rotate_master_key(const std::string& keyring, const std::string& file,
                               rocksdb::Env* env = nullptr);

// Whether one was begun and cut off: until it is finished, `file` may not open the keyring.
bool rotation_was_cut_off(const std::string& file);

// If a rotation was cut off after the keyring was wrapped anew: puts the new key in its place.
Result<void> finish_rotation(const std::string& keyring, const std::string& file,
                             rocksdb::Env* env = nullptr);

}  // namespace aura::storage
