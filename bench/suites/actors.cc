// actors: what an actor hop costs. The reference is a bare CAF actor on the same scheduler
// settings.
#include "bench/suites/actor_probe.h"
#include "bench/suites/context.h"

namespace aura::bench {
namespace {

constexpr std::size_t kActors = 8;  // in one ring: every hop is a message to another actor

}  // namespace

void run_actors(Context& context) {
  context.report.heading("actors", "hops around a ring of " + std::to_string(kActors) + " actors");
  const auto round_seconds = context.options.seconds / static_cast<double>(context.options.rounds);
  const auto bare = make_bare_caf_probe();
  std::vector<double> rates;
  for (std::size_t round = 0; round < context.options.rounds; ++round) {
    rates.push_back(bare->hops_per_second(kActors, round_seconds));
  }
  Result result{.suite = "actors", .name = "bare CAF hop", .unit = "ns"};
  result.value = 1e9 / median(rates);
  result.detail("hops/s", median(rates))
      .detail("bytes per idle actor", bare->bytes_per_idle_actor(100'000));
  context.report.add(result);
}

}  // namespace aura::bench
