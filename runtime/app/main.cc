// The aura program: its commands and their options.
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

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
  command.add_option("--keys", options.keys, "Location of the keyring's copy (default: in DIR)");
}

// The command that was invoked sets the exit status.
void add_serve(CLI::App& app, aura::app::CommonOptions& common, int& status) {
  auto* serve = app.add_subcommand("serve", "Run the engine");
  add_common(*serve, common);
  auto demo = std::make_shared<bool>(false);
  serve->add_flag("--demo", *demo, "Add a demo business with catalog, knowledge and a web chat");
  serve->callback([&, demo] { status = aura::app::serve(common, *demo); });

  auto* check = app.add_subcommand("check-config", "Validate a configuration file");
  auto file = std::make_shared<std::string>();
  check->add_option("FILE", *file, "TOML file")->required();
  check->callback([&, file] { status = aura::app::check_config(*file); });
}

void add_workspace(CLI::App& app, aura::app::CommonOptions& common, int& status) {
  auto* workspace = app.add_subcommand("workspace", "Manage workspaces");
  workspace->require_subcommand(1);
  auto* create = workspace->add_subcommand("create", "Create a workspace; prints its API key");
  auto wanted = std::make_shared<aura::app::NewWorkspace>();
  add_common(*create, common);
  create->add_option("--name", wanted->name, "The business's name")->required();
  create->add_option("--slug", wanted->slug, "Short name for URLs");
  create->add_option("--timezone", wanted->timezone, "IANA time zone, for example Europe/Lisbon");
  create->add_option("--currency", wanted->currency, "ISO 4217 code, for example EUR");
  create->add_option("--locale", wanted->locale, "BCP 47 tag, for example pt-PT");
  create->add_option("--operator", wanted->operator_url, "URL of the operator endpoint");
  create->callback([&, wanted] { status = aura::app::create_workspace(common, *wanted); });
}

void add_backups(CLI::App& app, aura::app::CommonOptions& common, int& status) {
  auto wish = std::make_shared<aura::app::BackupCommand>();
  auto* backup = app.add_subcommand(
      "backup", "Add a consistent copy of the data to a collection; the engine may be running");
  add_backup_options(*backup, common, *wish, "The collection of backups; created if missing");
  backup->add_option("--operator", wish->operator_url, "URL of the operator endpoint");
  backup->callback([&, wish] { status = aura::app::backup(common, *wish); });
  auto* restore = app.add_subcommand("restore", "Restore a backup into an empty data directory");
  add_backup_options(*restore, common, *wish, "The collection of backups");
  restore->add_option("--position", wish->position,
                      "Restore the commits up to this position (default: the newest backup)");
  restore->callback([&, wish] { status = aura::app::restore(common, *wish); });
  auto* verify = app.add_subcommand("verify", "Check every record, reference, key and audit hash");
  add_backup_options(*verify, common, *wish, "A data directory or a collection of backups");
  verify->add_option("--heads", wish->audit_heads,
                     "Signed audit heads kept elsewhere (a saved answer of GET /audit/heads)");
  verify->callback([&, wish] { status = aura::app::verify(common, *wish); });
}

void add_rotation(CLI::App& app, aura::app::CommonOptions& common, int& status) {
  auto* rotate = app.add_subcommand(
      "rotate-master-key", "Replace the master key by a new one; the engine must not be running");
  add_common(*rotate, common);
  rotate->callback([&] { status = aura::app::rotate_master_key(common); });
}

void add_audit(CLI::App& app, aura::app::CommonOptions& common, int& status) {
  auto* audit = app.add_subcommand("audit", "Export the audit log and check exported files");
  audit->require_subcommand(1);
  auto wanted = std::make_shared<aura::app::AuditCommand>();
  auto* write = audit->add_subcommand(
      "export", "Write every chain and the signed heads, of a running engine or of closed data");
  add_common(*write, common);
  write->add_option("DIR", wanted->folder, "Target folder; created if missing")->required();
  write->add_option("--operator", wanted->operator_url, "URL of the operator endpoint");
  write->callback([&, wanted] { status = aura::app::audit_export(common, *wanted); });
  auto* verify = audit->add_subcommand(
      "verify", "Check exported chains, without the data; names the first altered entry");
  verify->add_option("DIR", wanted->folder, "Folder written by `aura audit export`")->required();
  verify->add_option("--public-key", wanted->public_key,
                     "Key that must have signed the heads (hex): public_key of GET /audit/heads");
  verify->callback([&, wanted] { status = aura::app::audit_verify(*wanted); });
}

// Names a word that is no command; CLI11 would only say that a subcommand is missing.
bool names_commands(const CLI::App& app, int argc, char** argv) {
  const CLI::App* command = &app;
  for (int i = 1; i < argc && !command->get_subcommands({}).empty(); ++i) {
    const std::string word = argv[i];
    if (word.starts_with('-')) return true;
    const auto named =
        command->get_subcommands([&](const CLI::App* known) { return known->get_name() == word; });
    if (named.empty()) {
      std::cerr << "aura: there is no command '" << word << "'; there are:";
      for (const CLI::App* known : command->get_subcommands({}))
        std::cerr << ' ' << known->get_name();
      std::cerr << " (--help tells what they do)\n";
      return false;
    }
    command = named.front();
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  ::umask(077);  // whatever a command writes is only for the user who runs it
  CLI::App app{"Aura De Mer: the messaging engine for businesses."};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("aura ") + aura::app::kVersion);
  aura::app::CommonOptions common;
  int status = 0;
  add_serve(app, common, status);
  add_workspace(app, common, status);
  add_backups(app, common, status);
  add_rotation(app, common, status);
  add_audit(app, common, status);
  if (!names_commands(app, argc, argv)) return aura::app::kExitBadConfig;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0
                                : aura::app::kExitBadConfig;  // --help and --version are no errors
  }
  return status;
}
