// The aura program: its commands and their options.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "runtime/app/build_facts.h"
#include "runtime/app/command_line.h"
#include "runtime/app/commands.h"

namespace {

void add_common(CLI::App& command, aura::app::CommonOptions& options) {
  command.add_option("--config", options.config, "TOML file with the settings")
      ->check(CLI::ExistingFile);
  command.add_option("--data", options.data, "Data directory; overrides storage.path");
}

void add_backup_options(CLI::App& command, aura::app::CommonOptions& common,
                        aura::app::BackupCommand& options, const char* folder) {
  add_common(command, common);
  command.add_option("DIR", options.folder, folder)->required();
  command.add_option("--keys", options.keys, "Where the keyring's copy is; none: in DIR");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Aura De Mer: the messaging engine for businesses."};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("aura ") + aura::app::kVersion);
  aura::app::CommonOptions common;

  auto* serve = app.add_subcommand("serve", "Run the engine");
  bool demo = false;
  add_common(*serve, common);
  serve->add_flag("--demo", demo, "Add a demo business with catalog, knowledge and a web chat");

  auto* check = app.add_subcommand("check-config", "Validate a configuration file");
  std::string file;
  check->add_option("FILE", file, "TOML file")->required();

  auto* workspace = app.add_subcommand("workspace", "Manage workspaces");
  workspace->require_subcommand(1);
  auto* create = workspace->add_subcommand("create", "Create a workspace; prints its API key");
  aura::app::NewWorkspace wanted;
  add_common(*create, common);
  create->add_option("--name", wanted.name, "The business's name")->required();
  create->add_option("--slug", wanted.slug, "Short name for URLs");
  create->add_option("--timezone", wanted.timezone, "IANA time zone, as Europe/Lisbon");
  create->add_option("--currency", wanted.currency, "ISO 4217 code, as EUR");
  create->add_option("--locale", wanted.locale, "BCP 47 tag, as pt-PT");
  create->add_option("--operator", wanted.operator_url, "URL of the operator endpoint");

  aura::app::BackupCommand wish;
  auto* backup = app.add_subcommand(
      "backup", "Add a consistent copy of the data, of a running engine too, to a collection");
  add_backup_options(*backup, common, wish, "The collection of backups; made when missing");
  backup->add_option("--operator", wish.operator_url, "URL of the operator endpoint");
  auto* restore = app.add_subcommand("restore", "Restore a backup into an empty data directory");
  add_backup_options(*restore, common, wish, "The collection of backups");
  restore->add_option("--position", wish.position,
                      "The newest backup at or before this position; none: the newest of all");
  auto* verify = app.add_subcommand("verify", "Check every record, reference, key and audit hash");
  add_backup_options(*verify, common, wish, "A data directory or a collection of backups");
  verify->add_option("--heads", wish.audit_heads,
                     "Signed audit heads kept elsewhere (an answer of GET /audit/heads)");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : aura::app::kExitBadConfig;  // help and version are no error
  }
  if (*serve) return aura::app::serve(common, demo);
  if (*check) return aura::app::check_config(file);
  if (*backup) return aura::app::backup(common, wish);
  if (*restore) return aura::app::restore(common, wish);
  if (*verify) return aura::app::verify(common, wish);
  return aura::app::create_workspace(common, wanted);
}
