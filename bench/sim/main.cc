// aura-sim: Meta's Messenger API on this machine, with the failures one asks for.
#include <sys/prctl.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>

#include "bench/sim/simulator.h"

namespace {

volatile std::sig_atomic_t stopped = 0;

void stop(int) { stopped = 1; }

int run(int argc, char** argv) {
  using namespace aura::bench;
  CLI::App app{
      "A simulator of Meta's Messenger API: accepts sends, keeps a ledger, misbehaves on demand"};
  SimulatorOptions options;
  std::string listen = "127.0.0.1:0";
  std::string knobs_file;
  bool follow_parent = false;
  app.add_option("--listen", listen, "HOST:PORT; port 0 chooses a free one")->capture_default_str();
  app.add_option("--app-secret", options.app_secret, "checks appsecret_proof, signs webhooks");
  app.add_option("--app-id", options.app_id, "app id in our echoes")->capture_default_str();
  app.add_option("--webhook-url", options.webhook_url, "where echo, delivery and read events go");
  app.add_option("--knobs", knobs_file, "JSON file with knobs to start with")
      ->check(CLI::ExistingFile);
  app.add_flag("--exit-with-parent", follow_parent, "end when the starting process ends");
  CLI11_PARSE(app, argc, argv);

  if (follow_parent) prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (!knobs_file.empty()) {
    std::ifstream file(knobs_file);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (const auto wrong = merge_json(options.knobs, text); !wrong.empty()) {
      std::fprintf(stderr, "aura-sim: %s: %s\n", knobs_file.c_str(), wrong.c_str());
      return 2;
    }
  }
  std::signal(SIGTERM, stop);
  std::signal(SIGINT, stop);
  options.listen = parse_endpoint(listen);
  raise_descriptor_limit();
  Loop loop;
  Simulator simulator(loop, std::move(options));
  std::printf("aura-sim ready %s\n", simulator.endpoint().url().c_str());
  std::fflush(stdout);
  while (stopped == 0) loop.run_once(steady_now() + std::chrono::seconds(1));
  return 0;
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
