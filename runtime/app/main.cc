// The aura program: its commands and their options.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "runtime/app/commands.h"

namespace {

void add_common(CLI::App& command, aura::app::CommonOptions& options) {
  command.add_option("--config", options.config, "TOML file with the settings")
      ->check(CLI::ExistingFile);
  command.add_option("--data", options.data, "Data directory; overrides storage.path");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Aura De Mer: the messaging engine for businesses."};
  app.require_subcommand(1);
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

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  if (*serve) return aura::app::serve(common, demo);
  if (*check) return aura::app::check_config(file);
  return aura::app::create_workspace(common, wanted);
}
