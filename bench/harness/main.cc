// aura-bench: runs suites. Each suite starts the processes it needs, measures, and stops them.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <ctime>
#include <exception>
#include <fstream>
#include <functional>
#include <iterator>

#include "bench/report/page.h"
#include "bench/report/run_record.h"
#include "bench/suites/context.h"
#include "bench/support/socket.h"

namespace {

using namespace aura::bench;

struct Suite {
  const char* name;
  const char* description;
  void (*run)(Context&);
  bool by_channel = false;  // accepts --channel; the other suites use Messenger
};

constexpr Suite kSuites[] = {
    {"ingest", "signed webhook → durable → 200, beside a bare Beast server", run_ingest, true},
    {"job", "price question → right price accepted by the provider", run_job, true},
    {"actors", "actor hops and memory, beside bare CAF", run_actors},
    {"webchat", "idle WebSocket visitors, bytes each, echo latency", run_webchat},
    {"growth", "cost of a message at N stored conversations", run_growth},
    {"recovery", "kill -9 to the first 200, by data size", run_recovery},
    {"fairness", "a quiet workspace beside a flooded one", run_fairness},
    {"inspect", "what being seen costs: unwatched, and watched each second", run_inspect},
};

void add_options(CLI::App& app, BenchOptions& options) {
  app.add_option_function<std::string>(
         "--channel", [&](const std::string& name) { options.channel = *channel_named(name); },
         "ingest, job: whose bodies (default: messenger)")
      ->check(CLI::IsMember({"messenger", "instagram", "whatsapp"}));
  app.add_option("--seconds", options.seconds, "measured time of each side")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  app.add_option("--aura", options.program, "the engine (default: beside this program)");
  app.add_option("--scratch", options.scratch, "where temporary data directories are made")
      ->check(CLI::ExistingDirectory);
  app.add_option("--connections", options.connections)
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  app.add_option("--pipeline", options.pipeline, "requests outstanding on a connection")
      ->check(CLI::Range(1, 1'000))
      ->capture_default_str();
  app.add_option("--rounds", options.rounds, "turns between engine and reference")
      ->check(CLI::Range(1, 99))
      ->capture_default_str();
  app.add_option("--pages", options.pages)->check(CLI::Range(1, 10'000))->capture_default_str();
  app.add_option("--workspaces", options.workspaces)
      ->check(CLI::Range(2, 6))
      ->capture_default_str();
  app.add_option("--items", options.items, "catalog items of a workspace")
      ->check(CLI::Range(1, 400))
      ->capture_default_str();
  app.add_option("--senders", options.senders)
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--in-flight", options.jobs_in_flight, "job: open questions at a time")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app.add_option("--conversations", options.conversations,
                 "growth, recovery: the largest size (default: 10,000 a second of --seconds, at "
                 "most 100,000)");
  app.add_option("--sockets", options.sockets, "webchat: idle visitors")->capture_default_str();
  app.add_flag("--keep-data", options.keep_data, "leave data directories and logs behind");
}

struct Kept {
  std::string name;      // NAME.json and NAME.html; empty: nothing is written
  std::string baseline;  // the .json of an earlier run
};

void add_kept(CLI::App& app, Kept& kept) {
  app.add_option("--report", kept.name,
                 "write NAME.json and NAME.html (with 'all' always; default: aura-bench)");
  app.add_option("--baseline", kept.baseline, "the .json of an earlier run to compare with")
      ->check(CLI::ExistingFile);
}

RunRecord read_run(const std::string& path) {
  std::ifstream in(path);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  auto run = parse_run(text);
  if (!run) throw std::runtime_error(path + " is no report of aura-bench (it writes NAME.json)");
  return std::move(*run);
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream out(path);
  out << text << std::flush;
  if (!out) throw std::runtime_error("cannot write " + path);
  progress("wrote " + path);
}

std::string now_text() {
  const auto now = std::time(nullptr);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&now));
  return text;
}

void keep(const Kept& kept, const std::optional<RunRecord>& baseline, RunRecord run) {
  if (kept.name.empty()) return;
  write_file(kept.name + ".json", to_json(run));
  write_file(kept.name + ".html", page_of(run, baseline ? &*baseline : nullptr));
}

int run(int argc, char** argv) {
  CLI::App app{"Benchmarks of Aura De Mer, each beside its reference in the same run"};
  BenchOptions options;
  std::string wanted;
  bool json = false;
  std::vector<std::string> names{"all"};
  std::string footer = "Suites:\n  all         every suite, one after the other\n";
  for (const auto& suite : kSuites) {
    names.emplace_back(suite.name);
    footer += "  " + std::string(suite.name) + std::string(12 - names.back().size(), ' ') +
              suite.description + "\n";
  }
  app.footer(footer +
             "Exit status: 0 measured, 1 could not measure, 2 wrong arguments; with --check also 3 "
             "if a target was missed.");
  app.add_option("suite", wanted, "which suite")->required()->check(CLI::IsMember(names));
  app.add_flag("--json", json, "one JSON object a result line");
  bool check = false;
  app.add_flag("--check", check, "exit with 3 if a target is missed");
  options.scratch = std::filesystem::temp_directory_path();
  options.program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "aura";
  add_options(app, options);
  Kept kept;
  add_kept(app, kept);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;  // --help is not an error
  }
  if (options.conversations == 0) options.conversations = options.scaled(100'000);
  if (kept.name.empty() && (wanted == "all" || !kept.baseline.empty())) kept.name = "aura-bench";
  const auto folder = std::filesystem::path(kept.name).parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder)) {
    std::fprintf(stderr, "aura-bench: --report: there is no folder %s\n", folder.c_str());
    return 2;
  }
  std::optional<RunRecord> baseline;  // read first: a wrong file must fail before an hour of work
  if (!kept.baseline.empty()) baseline = read_run(kept.baseline);

  raise_descriptor_limit();
  const auto machine = this_machine();
  if (machine.load_1m > 0.5) {
    progress("the machine is busy (load " + std::to_string(machine.load_1m) +
             "): rates and latencies will be worse than they are, ratios less certain");
  }
  Report report(json, machine);
  for (const auto& suite : kSuites) {
    if (wanted != "all" && wanted != suite.name) continue;
    Loop loop;
    auto own = options;
    if (!suite.by_channel) own.channel = Channel::messenger;
    Context context{own, loop, report};
    suite.run(context);
  }
  RunRecord record{now_text(), "aura-bench", machine, report.results()};
  for (int i = 1; i < argc; ++i) record.command += std::string(" ") + argv[i];
  keep(kept, baseline, std::move(record));
  return check && !report.all_met() ? 3 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "aura-bench: %s\n", error.what());
    return 1;
  }
}
