// recovery: kill -9 during traffic, then a restart on the same data: time to the first 200, by data
// size.
#include "bench/suites/scene.h"

namespace aura::bench {
namespace {

constexpr double kTargetSeconds = 2;

// Posts one more event until the engine answers 200; returns the time since `began`.
double seconds_to_first_200(Context& context, Scene& scene, TimePoint began) {
  IngestWorkload one(scene.engine().public_side(), scene.population(1, 900'000'000));
  Stream stream(context.loop, scene.engine().public_side(), one,
                {.connections = 1, .operations = 1});
  stream.start();
  context.loop.run_until(steady_now() + std::chrono::seconds(60), [&] { return one.acked() > 0; });
  return std::chrono::duration<double>(steady_now() - began).count();
}

// Sends events until `total` are acknowledged, then kills the engine with requests outstanding.
void load_and_kill(Context& context, Scene& scene, std::uint64_t& acked, std::uint64_t total) {
  IngestWorkload traffic(scene.engine().public_side(), scene.population(context.options.senders));
  Stream stream(context.loop, scene.engine().public_side(), traffic,
                {.connections = context.options.connections});
  stream.start();
  context.loop.run_until(steady_now() + std::chrono::seconds(600),
                         [&] { return acked + traffic.acked() >= total; });
  scene.engine().kill_now();
  stream.pause();
  context.loop.run_until(steady_now() + std::chrono::seconds(5),
                         [&] { return stream.outstanding() == 0; });
  acked += traffic.acked();
}

}  // namespace

void run_recovery(Context& context) {
  const auto& options = context.options;
  context.report.heading(
      "recovery", "kill -9 under load to the first 200 (" + file_system_of(options.scratch) + ")");
  const auto simulator = start_simulator(options.scratch);
  Scene scene(context.loop, options, simulator.endpoint.url());
  std::uint64_t acked = 0;
  for (std::uint64_t total = 1'000; total <= options.conversations; total *= 10) {
    progress("loading up to " + std::to_string(total) + " events, then kill -9");
    load_and_kill(context, scene, acked, total);
    const auto data_mb = static_cast<double>(bytes_below(scene.engine().data())) / 1e6;
    const auto began = steady_now();
    scene.engine().start();
    Result result{.suite = "recovery",
                  .name = "kill -9 after " + std::to_string(acked) + " events",
                  .unit = "s"};
    result.value = seconds_to_first_200(context, scene, began);
    result.target = {.at_least = false, .limit = kTargetSeconds, .of_ratio = false};
    result.detail("ready line after s", scene.engine().seconds_to_ready())
        .detail("data MB", data_mb);
    const auto idle =
        wait_until_idle(context.loop, scene.engine().pid(), std::chrono::seconds(300));
    result.detail("idle again after s",
                  std::chrono::duration<double>(idle.value_or(steady_now()) - began).count());
    context.report.add(result);
  }
}

}  // namespace aura::bench
