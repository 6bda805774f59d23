// Plays a scenario from beginning to end: simulator, engine, traffic, faults, and the comparison.
// Ends within the scenario's time limits. One call; runs the loop.
#pragma once

#include "bench/scenario/scenario.h"
#include "bench/scenario/stage.h"
#include "bench/scenario/verdict.h"
#include "bench/sim/rate_rules.h"
#include "bench/sim/simulator.h"

namespace aura::bench {

struct ScenarioResult {
  Verdict verdict;
  std::vector<std::string> refused;  // channels that the engine refused
  std::uint64_t acted = 0;
  double traffic_seconds = 0;
  double drain_seconds = 0;
  bool all_acted = true;  // all actions done within the time limit
  std::uint64_t given_up = 0;
  std::uint64_t chat_lost = 0;
  std::uint64_t accepted = 0;      // accepted sends, and …
  std::uint64_t over_a_limit = 0;  // … calls refused because of a rate limit
  Goodput goodput;                 // of the accounts that met their limit
  WebhookCounts webhooks;
  bool right = false;
};

ScenarioResult run_scenario(Loop& loop, const Scenario& scenario, const StageOptions& options,
                            SimulatorOptions simulator_options);

// Whether the result is within what the scenario allows.
bool is_right(const Scenario& scenario, const ScenarioResult& result);

std::string result_json(const Scenario& scenario, const ScenarioResult& result);
std::string result_text(const Scenario& scenario, const ScenarioResult& result);

}  // namespace aura::bench
