// inspect: the cost of observability. Unwatched: the cost of the counters in one handler, measured
// in this process, times the handlers per job. Watched: whole jobs, in turns without an observer
// and with an operator who reads lists, metrics and storage every second.
#include <atomic>
#include <thread>

#include "actors/tree/recent_steps.h"
#include "bench/sim/simulator.h"
#include "bench/suites/jobs.h"
#include "bench/suites/operator_page.h"
#include "runtime/directory.h"

namespace aura::bench {
namespace {

constexpr std::chrono::seconds kInspectDrain{60};

// Polls like the operator's page, but every second instead of every two.
class Watcher {
 public:
  explicit Watcher(Engine& engine)
      : thread_([this, operator_api = engine.operator_api()]() mutable {
          while (!stop_) {
            for (const char* path : kOperatorPage) bytes_ += operator_api.must("GET", path).size();
            ++looks_;
            for (int i = 0; i < 50 && !stop_; ++i)
              std::this_thread::sleep_for(std::chrono::milliseconds(20));
          }
        }) {}
  ~Watcher() {
    stop_ = true;
    thread_.join();
  }
  double looks() const { return static_cast<double>(looks_); }

 private:
  std::atomic<bool> stop_{false};
  std::atomic<std::uint64_t> looks_{0}, bytes_{0};
  std::thread thread_;
};

// Number of handlers that ran so far: the sum of the turn counts of all actor kinds.
double handlers_of(Engine& engine) {
  const std::string json = engine.operator_api().must("GET", "/actors?depth=0");
  const std::string key = "\"count\":";
  const auto end = json.find("\"mailboxes\"");
  double sum = 0;
  for (auto at = json.find(key); at < end; at = json.find(key, at + 1))
    sum += std::strtod(json.c_str() + at + key.size(), nullptr);
  return sum;
}

// Nanoseconds to count one handler and record one step.
double nanoseconds_per_handler() {
  constexpr int kTurns = 2'000'000;
  ActorCard card("/bench/actor/1", "bench", "1");
  RecentSteps steps;
  const auto began = steady_now();
  for (int i = 0; i < kTurns; ++i) {
    const BusyScope scope(card, 0);
    steps.add(i, "turn", "done", 1);
  }
  return std::chrono::duration<double, std::nano>(steady_now() - began).count() / kTurns;
}

struct Turns {
  double jobs = 0, cpu_seconds = 0, handlers = 0, seconds = 0, looks = 0;
  double cpu_us_per_job() const { return 1e6 * cpu_seconds / jobs; }
};

void turn(Context& context, Scene& scene, JobWorkload& jobs, Stream& stream, bool watched,
          double seconds, Turns& turns) {
  std::optional<Watcher> watcher;
  const double handlers = handlers_of(scene.engine());
  if (watched) watcher.emplace(scene.engine());
  const auto cpu = usage_of(scene.engine().pid()).cpu_seconds;
  jobs.reset_counts();
  const auto began = steady_now();
  stream.start();
  context.loop.run_until(began +
                         std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6)));
  stream.pause();
  turns.seconds += std::chrono::duration<double>(steady_now() - began).count();
  context.loop.run_until(steady_now() + kInspectDrain, [&] { return jobs.waiting() == 0; });
  turns.cpu_seconds += usage_of(scene.engine().pid()).cpu_seconds - cpu;
  turns.jobs += static_cast<double>(jobs.counts().done);
  if (watcher) turns.looks += watcher->looks();
  watcher.reset();
  turns.handlers += handlers_of(scene.engine()) - handlers;
}

void report(Context& context, const Turns& alone, const Turns& watched) {
  const double nanoseconds = nanoseconds_per_handler();
  const double handlers = alone.handlers / alone.jobs;
  Result unwatched{.suite = "inspect", .name = "being countable, unwatched", .unit = "% of a job"};
  unwatched.value = 100 * nanoseconds * handlers / 1000 / alone.cpu_us_per_job();
  unwatched.target = {.at_least = false, .limit = 1, .of_ratio = false};
  unwatched.detail("ns a handler", nanoseconds)
      .detail("handlers a job", handlers)
      .detail("engine cpu us/job", alone.cpu_us_per_job());
  context.report.add(unwatched);
  Result looked_at{.suite = "inspect", .name = "watched each second", .unit = "cpu us/job"};
  looked_at.value = watched.cpu_us_per_job();
  looked_at.reference = alone.cpu_us_per_job();
  looked_at.ratio = looked_at.value / *looked_at.reference;
  looked_at.target = {.at_least = false, .limit = 1.03};
  looked_at.detail("jobs/s watched", watched.jobs / watched.seconds)
      .detail("jobs/s unwatched", alone.jobs / alone.seconds)
      .detail("looks", watched.looks);
  context.report.add(looked_at);
}

}  // namespace

void run_inspect(Context& context) {
  const auto& options = context.options;
  context.report.heading("inspect", "what it costs to be seen: whole jobs, unwatched and watched");
  Simulator simulator(context.loop, {.app_secret = std::string(kAppSecret)});
  Scene scene(context.loop, options, simulator.endpoint().url());
  JobWorkload jobs(scene, scene.engine().public_side(), scene.population(options.senders));
  Stream stream(context.loop, scene.engine().public_side(), jobs,
                {.connections = options.connections,
                 .pipeline = options.pipeline,
                 .operations = options.jobs_in_flight});
  jobs.attach(&stream);
  simulator.watch([&](const AcceptedSend& entry) { jobs.sent(entry); });
  Turns warm, alone, watched;
  turn(context, scene, jobs, stream, false, 1, warm);
  const auto seconds = options.seconds / static_cast<double>(options.rounds);
  for (std::size_t round = 0; round < options.rounds; ++round) {
    // The first turn of a pair runs with less data stored, so the two kinds of turn alternate in
    // going first.
    const bool watched_first = round % 2 == 1;
    for (const bool look : {watched_first, !watched_first})
      turn(context, scene, jobs, stream, look, seconds, look ? watched : alone);
    simulator.ledger().clear();
    progress("round " + std::to_string(round + 1));
  }
  report(context, alone, watched);
}

}  // namespace aura::bench
