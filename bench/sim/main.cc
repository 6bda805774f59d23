// aura-sim: simulates the channels' providers on this machine, with configurable faults. With
// --scenario it plays a complete scenario against an engine and judges the result.
#include <sys/prctl.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "bench/scenario/runner.h"

namespace {

using namespace aura::bench;

volatile std::sig_atomic_t stopped = 0;

void stop(int) { stopped = 1; }

struct Arguments {
  SimulatorOptions simulator;
  StageOptions stage;
  std::string listen = "127.0.0.1:0";
  std::string knobs_file;
  std::string scenario_file;
  std::uint64_t count = 0;
  std::int64_t seed = -1;
  bool skip_refused = false;
  bool json = false;
  bool follow_parent = false;
};

std::string wrong_endpoint(const std::string& text) {
  try {
    parse_endpoint(text);
    return {};
  } catch (const std::invalid_argument& wrong) {
    return wrong.what();
  }
}

// The simulator sends invented customers' messages: never to an engine with real ones.
std::string not_loopback(const std::string& url) {
  if (auto wrong = wrong_endpoint(url); !wrong.empty()) return wrong;
  const std::string host = parse_endpoint(url).host;
  return host.starts_with("127.") || host == "[::1]" ? "" : "'" + url + "' is not on this machine";
}

void add_options(CLI::App& app, Arguments& in) {
  app.add_option("--listen", in.listen, "HOST:PORT; port 0 chooses a free one")
      ->check(wrong_endpoint)
      ->capture_default_str();
  app.add_option("--app-secret", in.simulator.app_secret,
                 "checks appsecret_proof, signs Meta's webhooks");
  app.add_option("--app-id", in.simulator.app_id, "app id in our echoes")->capture_default_str();
  app.add_option("--webhook-url", in.simulator.webhook_url, "where Meta's webhooks go (loopback)")
      ->check(not_loopback);
  app.add_option("--knobs", in.knobs_file, "JSON file with knobs to start with")
      ->check(CLI::ExistingFile);
  app.add_flag("--exit-with-parent", in.follow_parent, "end when the starting process ends");
  auto* scenario = app.add_option("--scenario", in.scenario_file,
                                  "play this file (TOML or JSON) against an engine, then end");
  app.add_option("--count", in.count, "instead of the scenario's number of actions")
      ->needs(scenario);
  app.add_option("--seed", in.seed, "instead of the scenario's")->needs(scenario);
  app.add_option("--aura", in.stage.program, "the engine to start (default: beside this program)")
      ->needs(scenario);
  app.add_option("--scratch", in.stage.scratch, "where its data directory is made")
      ->needs(scenario);
  app.add_flag("--keep-data", in.stage.keep_data, "leave data and logs behind")->needs(scenario);
  app.add_option("--operator", in.stage.operator_url, "an engine that runs: its operator URL …")
      ->needs(scenario);
  app.add_option("--operator-token", in.stage.operator_token, "… its token …")->needs(scenario);
  app.add_option("--public", in.stage.public_url, "… and its public URL")->needs(scenario);
  app.add_flag("--skip-refused", in.skip_refused, "go on without channels the engine refuses")
      ->needs(scenario);
  app.add_flag("--json", in.json, "the scenario's result as one JSON object")->needs(scenario);
}

int play(Arguments& in) {
  auto scenario = load_scenario(in.scenario_file);
  if (!scenario) {
    std::fprintf(stderr, "aura-sim: %s\n", scenario.error().c_str());
    return 2;
  }
  if (in.count > 0) scenario->count = in.count;
  if (in.seed >= 0) scenario->seed = static_cast<std::uint64_t>(in.seed);
  Loop loop;
  auto result = run_scenario(loop, *scenario, in.stage, std::move(in.simulator));
  result.right = result.right && (in.skip_refused || result.refused.empty());
  const auto text =
      in.json ? result_json(*scenario, result) + "\n" : result_text(*scenario, result);
  std::fputs(text.c_str(), stdout);
  return result.right ? 0 : 3;
}

int serve(Arguments& in) {
  Loop loop;
  Simulator simulator(loop, std::move(in.simulator));
  std::printf("aura-sim ready %s\n", simulator.endpoint().url().c_str());
  std::fflush(stdout);
  while (stopped == 0) loop.run_once(steady_now() + std::chrono::seconds(1));
  return 0;
}

int run(int argc, char** argv) {
  CLI::App app{"The providers of every channel, simulated: Messenger, Instagram, WhatsApp, SMS"};
  app.footer(
      "Exit status: 0 ended or verdict right, 2 wrong arguments or a wrong file, 3 verdict wrong, "
      "1 "
      "it could not run.");
  Arguments in;
  in.stage.scratch = std::filesystem::temp_directory_path();
  in.stage.program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "aura";
  add_options(app, in);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;  // --help is not an error
  }
  if (in.follow_parent) prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (!in.knobs_file.empty()) {
    std::ifstream file(in.knobs_file);
    in.simulator.knobs = std::string{std::istreambuf_iterator<char>(file), {}};
    if (const auto wrong = KnobSet{}.merge(in.simulator.knobs); !wrong.empty()) {
      std::fprintf(stderr, "aura-sim: %s: %s\n", in.knobs_file.c_str(), wrong.c_str());
      return 2;
    }
  }
  in.simulator.listen = parse_endpoint(in.listen);
  raise_descriptor_limit();
  if (!in.scenario_file.empty()) return play(in);
  std::signal(SIGTERM, stop);
  std::signal(SIGINT, stop);
  return serve(in);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "aura-sim: %s\n", error.what());
    return 1;
  }
}
