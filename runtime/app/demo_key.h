// The API key of the demo business, for whoever tries the API or answers as a person. Made once:
// the key is in a private file of the data directory, only its hash is stored. Without the file (or
// with another key in it) a new one is made and the former ends.
#pragma once

#include <filesystem>

#include "actors/services.h"
#include "runtime/result.h"

namespace aura::app {

// Call before the actors start. Blocks until the key is durable.
Result<void> keep_demo_key(Services& services, const std::filesystem::path& file);

}  // namespace aura::app
