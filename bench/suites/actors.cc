// actors: the cost of a message hop compared with bare CAF (in process), the memory of an idle
// conversation in the engine, and the time to activate a stored one.
#include "bench/suites/activation.h"
#include "bench/suites/actor_probe.h"
#include "bench/suites/fill.h"

namespace aura::bench {
namespace {

constexpr std::size_t kRing = 8;        // every hop goes to another actor
constexpr std::size_t kShortTurns = 4;  // hops are short, so many brief turns fit into a round
constexpr std::size_t kIdle = 20'000;

Result hop_result(std::string name, const std::vector<double>& rates) {
  Result result{.suite = "actors", .name = std::move(name), .unit = "ns"};
  result.value = 1e9 / median(rates);
  result.detail("hops/s", median(rates));
  return result;
}

void measure_hops(Context& context) {
  const auto turns = kShortTurns * context.options.rounds;
  const auto seconds = context.options.seconds / static_cast<double>(turns);
  const auto bare = make_bare_caf_probe();
  const auto engine = make_engine_probe();
  std::vector<double> bare_rates;
  std::vector<double> engine_rates;
  for (std::size_t turn = 0; turn < turns; ++turn) {
    bare_rates.push_back(bare->hops_per_second(kRing, seconds));
    engine_rates.push_back(engine->hops_per_second(kRing, seconds));
  }
  auto result = hop_result("engine actor hop", engine_rates);
  result.reference = 1e9 / median(bare_rates);
  result.ratio = result.value / *result.reference;
  result.target = {.at_least = false, .limit = 1.25};
  context.report.add(result);
  Result memory{.suite = "actors", .name = "actor with its card, idle", .unit = "bytes"};
  memory.value = engine->bytes_per_idle_actor(kIdle);
  memory.reference = bare->bytes_per_idle_actor(kIdle);
  memory.ratio = memory.value / *memory.reference;
  context.report.add(memory);
}

void measure_awake_conversations(Context& context) {
  const auto simulator = start_simulator(context.options.scratch);
  Scene scene(context.loop, context.options, simulator.endpoint.url(),
              "[runtime]\nconversation_idle_seconds = 3600\n");
  const std::size_t idle = context.options.scaled(kIdle);
  Filler filler(context, scene, 2 * idle);
  filler.fill_to(idle);  // lets caches and allocators grow first; only the second half counts
  const auto before = usage_of(scene.engine().pid()).resident_bytes;
  filler.fill_to(2 * idle);
  const auto after = usage_of(scene.engine().pid()).resident_bytes;
  Result result{.suite = "actors", .name = "conversation awake and idle", .unit = "bytes"};
  result.value =
      (static_cast<double>(after) - static_cast<double>(before)) / static_cast<double>(idle);
  result.detail("conversations", static_cast<double>(idle));
  context.report.add(result);
}

void measure_waking_conversations(Context& context) {
  constexpr std::chrono::seconds kShortIdle{1};
  const auto simulator = start_simulator(context.options.scratch);
  Scene scene(context.loop, context.options, simulator.endpoint.url(),
              "[runtime]\nconversation_idle_seconds = 1\n");
  measure_activation(context, scene, kShortIdle, context.options.scaled(kIdle));
}

}  // namespace

void run_actors(Context& context) {
  context.report.heading("actors", "hops around a ring of " + std::to_string(kRing) +
                                       " actors, and conversations kept in memory");
  measure_hops(context);
  measure_awake_conversations(context);
  measure_waking_conversations(context);
}

}  // namespace aura::bench
