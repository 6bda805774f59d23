// The API key of the demo business, for trying the API or answering as a person. Created once: the
// key is in a private file in the data directory, only its hash is stored. If the file is missing
// or contains another key, a new key is created and the former one becomes invalid.
#pragma once

#include <filesystem>

#include "actors/services.h"
#include "runtime/result.h"

namespace aura::app {

// Call before the actors start. Blocks until the key is durable.
Result<void> keep_demo_key(Services& services, const std::filesystem::path& file);

}  // namespace aura::app
