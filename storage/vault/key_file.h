// A secret of 32 bytes in a file of its own (mode 0600): the master key, the audit key. Complete or
// not at all, and never made twice by two starts at once. Blocks; at start and for commands.
#pragma once

#include <string>

#include "runtime/result.h"

namespace aura::storage {

struct KeyFile {
  std::string path;
  std::string name;     // "master key": for errors
  std::string setting;  // of the configuration, or empty
};

// Errc::not_found if there is none and none may be made. Warns if others may read it.
Result<std::string> load_key_file(const KeyFile& file, bool may_create);

}  // namespace aura::storage
