// Reads Settings from a TOML file, the environment and secret files. Nothing is guessed: an unknown
// key, a wrong type or a value out of range is an error with its line, and all errors are reported
// together. No side effects except reading the named files; any thread may call.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"

namespace aura::config {

struct ConfigError {
  std::string source;   // the file's name, or the environment variable's
  int line = 0;         // in the file, from 1; 0: the source has no lines
  std::string key;      // "channels.meta.app_id", or empty for bad syntax
  std::string problem;  // what is wrong (never a secret's value)
  std::string remedy;   // how to mend it

  std::string text() const;  // FILE:LINE: key: problem; remedy
};

struct LoadResult {
  Settings settings;  // use only if ok()
  std::vector<ConfigError> errors;

  bool ok() const { return errors.empty(); }
};

// Environment variables by name. AURA_ + the key's path in upper case, "__" between levels,
// overrides the file: AURA_CHANNELS__META__APP_SECRET. Other variables are ignored.
using Environment = std::map<std::string, std::string>;
Environment process_environment();

LoadResult load_file(const std::filesystem::path& file, const Environment& environment);

// Errors show `name` as the file. An empty text yields the defaults and the environment.
LoadResult load_string(std::string_view toml, const std::string& name,
                       const Environment& environment);

}  // namespace aura::config
