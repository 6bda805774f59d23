// What each subcommand of `aura` does. Each returns the process's exit code and prints its own
// errors; nothing throws.
#pragma once

#include <cstdint>
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

struct BackupCommand {
  std::string folder;
  std::string keys;                       // where the keyring is; empty: in `folder`
  std::string operator_url;               // empty: from the configuration
  std::string audit_heads;                // of verify: a saved answer of GET /audit/heads
  std::optional<std::uint64_t> position;  // of restore: nothing that was committed later
};
int backup(const CommonOptions& options, const BackupCommand& wanted);
int restore(const CommonOptions& options, const BackupCommand& wanted);
int verify(const CommonOptions& options, const BackupCommand& wanted);

struct AuditCommand {
  std::string folder;
  std::string operator_url;  // of export; empty: from the configuration
  std::string public_key;    // of verify: who must have signed, in hexadecimal; empty: anybody
};
int audit_export(const CommonOptions& options, const AuditCommand& wanted);
int audit_verify(const AuditCommand& wanted);

}  // namespace aura::app
