// The subcommands of `aura`. Each returns the process's exit status and prints its own errors; none
// throws.
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
  std::string keys;                       // location of the keyring; empty: in `folder`
  std::string operator_url;               // empty: from the configuration
  std::string audit_heads;                // for verify: a saved answer of GET /audit/heads
  std::optional<std::uint64_t> position;  // for restore: omit later commits
};
int backup(const CommonOptions& options, const BackupCommand& wanted);
int restore(const CommonOptions& options, const BackupCommand& wanted);
int verify(const CommonOptions& options, const BackupCommand& wanted);

int rotate_master_key(const CommonOptions& options);

struct AuditCommand {
  std::string folder;
  std::string operator_url;  // for export; empty: from the configuration
  std::string public_key;    // for verify: the required signer, in hexadecimal; empty: any
};
int audit_export(const CommonOptions& options, const AuditCommand& wanted);
int audit_verify(const AuditCommand& wanted);

}  // namespace aura::app
