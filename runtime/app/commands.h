// What each subcommand of `aura` does. Each returns the process's exit code and prints its own
// errors; nothing throws.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace aura::app {

struct CommonOptions {
  std::string config;  // empty: defaults and the environment
  std::string data;    // overrides storage.path
};

int serve(const CommonOptions& options, bool demo);
int check_config(const std::string& file);

struct NewWorkspace {
  std::string name, slug, timezone, currency, locale;
  std::string operator_url;  // empty: from the configuration
};
int create_workspace(const CommonOptions& options, const NewWorkspace& wanted);

}  // namespace aura::app
