#include "bench/scenario/runner.h"

#include <atomic>
#include <exception>
#include <future>

#include "bench/harness/report.h"
#include "bench/scenario/engine_truth.h"
#include "bench/scenario/traffic.h"

namespace aura::bench {
namespace {

constexpr std::chrono::milliseconds kFirstLook{250};
constexpr std::chrono::milliseconds kLongestLook{5'000};

double seconds_since(TimePoint when) {
  return std::chrono::duration<double>(steady_now() - when).count();
}

TimePoint seconds_after(TimePoint when, double seconds) {
  return when + std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
}

// Runs blocking work on its own thread while the loop continues to serve the engine.
template <class Work>
auto beside(Loop& loop, Work work) {
  std::atomic<bool> done = false;
  auto task = std::async(std::launch::async, [&] {
    struct Mark {
      std::atomic<bool>& flag;
      ~Mark() { flag = true; }
    } mark{done};
    return work();
  });
  while (!done) loop.run_once(steady_now() + std::chrono::milliseconds(20));
  return task.get();
}

// Sets the knobs for the current moment: those of the scenario, overridden by those of each active
// fault. After a fault that wants it the owner connects the channels again.
class Weather {
 public:
  Weather(Loop& loop, const Scenario& scenario, const Stage& stage, Simulator& simulator)
      : loop_(loop),
        scenario_(scenario),
        stage_(stage),
        simulator_(simulator),
        on_(scenario.faults.size()) {
    simulator_.set_knobs(scenario_.knobs);
  }
  void at(double progress) {
    bool changed = false;
    bool reconnect = false;
    for (std::size_t i = 0; i < on_.size(); ++i) {
      const auto& fault = scenario_.faults[i];
      const bool on = fault.from <= progress && progress < fault.until;
      changed = changed || on != on_[i];
      reconnect = reconnect || (fault.reconnect && on_[i] && !on);
      on_[i] = on;
    }
    if (!changed) return;
    simulator_.set_knobs(scenario_.knobs);
    for (std::size_t i = 0; i < on_.size(); ++i) {
      if (on_[i]) simulator_.change_knobs(scenario_.faults[i].knobs);
    }
    if (!reconnect) return;
    beside(loop_, [&] {
      stage_.reconnect();
      return true;
    });
  }

 private:
  Loop& loop_;
  const Scenario& scenario_;
  const Stage& stage_;
  Simulator& simulator_;
  std::vector<bool> on_;
};

// Performs customer actions at the scenario's rate until all are done or the time limit passes.
void play(Loop& loop, const Scenario& scenario, Traffic& traffic, Weather& weather) {
  const auto began = steady_now();
  const auto deadline = seconds_after(began, scenario.limit_seconds);
  auto shown = began;
  while (traffic.acted() < scenario.count && steady_now() < deadline) {
    const auto due =
        scenario.per_second > 0
            ? static_cast<std::uint64_t>(scenario.per_second * seconds_since(began)) + 1
            : scenario.count;
    for (int burst = 0; burst < 64; ++burst) {
      const bool may = traffic.acted() < std::min(due, scenario.count) &&
                       traffic.in_flight() < scenario.in_flight;
      if (!may || !traffic.act()) break;
    }
    weather.at(static_cast<double>(traffic.acted()) / static_cast<double>(scenario.count));
    loop.run_once(steady_now() + std::chrono::milliseconds(5));
    if (steady_now() - shown > std::chrono::seconds(10)) {
      shown = steady_now();
      progress(std::to_string(traffic.acted()) + " of " + std::to_string(scenario.count));
    }
  }
}

bool settled(const Scenario& scenario, const ScenarioResult& result) {
  const auto sum = result.verdict.total();
  const bool answered =
      scenario.unanswered < 0 || sum.unanswered <= static_cast<std::uint64_t>(scenario.unanswered);
  return result.verdict.events_ended && sum.waiting == 0 && sum.behind == 0 && sum.lost == 0 &&
         answered && sum.unclaimed == 0 && sum.kept == 0;
}

// Waits until the engine has finished everything, or the time limit passes. Reading every message
// takes long when there are many, so this reads them only once the counts are right, at growing
// intervals.
void drain(Loop& loop, const Scenario& scenario, const Stage& stage, Simulator& simulator,
           Traffic& traffic, ScenarioResult& result) {
  const auto began = steady_now();
  const auto deadline = seconds_after(began, scenario.drain_seconds);
  loop.run_until(deadline,
                 [&] { return traffic.in_flight() == 0 && simulator.webhooks().waiting() == 0; });
  for (auto wait = kFirstLook;; wait = std::min(2 * wait, kLongestLook)) {
    const auto counts = beside(loop, [&] { return read_counts(stage); });
    if (counts.received == counts.finished || steady_now() > deadline) {
      const auto engine = beside(loop, [&] { return read_engine(stage); });
      result.verdict = compare(traffic.truth(), simulator.ledger(), engine);
      if (settled(scenario, result) || steady_now() > deadline) break;
    }
    loop.run_until(std::min(deadline, steady_now() + wait));
  }
  result.drain_seconds = seconds_since(began);
}

}  // namespace

ScenarioResult run_scenario(Loop& loop, const Scenario& scenario, const StageOptions& options,
                            SimulatorOptions simulator_options) {
  simulator_options.app_secret = kAppSecret;
  Simulator simulator(loop, std::move(simulator_options));
  Stage stage(options, simulator.endpoint().url());
  stage.start();
  beside(loop, [&] {
    stage.open(scenario);
    return true;
  });
  simulator.send_webhooks_to(stage.public_side().url() + "/webhooks/meta");
  for (const auto& account : stage.accounts()) {
    if (account.channel == "sms") simulator.know_token(account.account, account.token);
  }
  Traffic traffic(loop, scenario, stage, simulator);
  simulator.webhooks().watch([&](const WebhookRecord& record) { traffic.settled(record); });
  Weather weather(loop, scenario, stage, simulator);
  ScenarioResult result;
  result.refused = stage.refused();
  const auto began = steady_now();
  play(loop, scenario, traffic, weather);
  weather.at(2);  // past the end of every fault
  result.traffic_seconds = seconds_since(began);
  result.acted = traffic.acted();
  result.all_acted = traffic.acted() == scenario.count;
  drain(loop, scenario, stage, simulator, traffic, result);
  result.given_up = traffic.given_up();
  result.chat_lost = traffic.chat_lost();
  result.webhooks = simulator.webhook_log().counts();
  result.accepted = simulator.ledger().size();
  for (const auto channel : kChannels) {
    for (const auto why :
         {Refusal::Why::throttled, Refusal::Why::account_rate, Refusal::Why::pair_rate}) {
      result.over_a_limit += simulator.intake().refused(channel, why);
    }
  }
  result.goodput = simulator.intake().goodput();
  simulator.webhooks().watch(nullptr);
  result.right = is_right(scenario, result);
  return result;
}

}  // namespace aura::bench
