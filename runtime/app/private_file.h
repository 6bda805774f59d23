// Files of the data directory that hold a secret in one line, readable by the engine's user only.
// For start-up and commands; any thread.
#pragma once

#include <filesystem>
#include <string>

#include "runtime/result.h"

namespace aura::app {

std::string read_line_of(const std::filesystem::path& file);  // empty: no file, or no line
Result<void> write_private_line(const std::filesystem::path& file, const std::string& line);

}  // namespace aura::app
