// A secret of 32 bytes in its own file (mode 0600): the master key, the audit key. Creation is
// atomic, and of two processes starting at once only one creates it. Blocks; used at start and by
// commands.
#pragma once

#include <string>

#include "runtime/result.h"

namespace aura::storage {

struct KeyFile {
  std::string path;
  std::string name;     // "master key": for errors
  std::string setting;  // configuration key, or empty
};

// Errc::not_found if the file is missing and must not be created. Warns if other users may read it.
Result<std::string> load_key_file(const KeyFile& file, bool may_create);

}  // namespace aura::storage
