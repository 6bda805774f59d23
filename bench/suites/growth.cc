// growth: the cost of a job when many conversations are already stored: whole jobs a second, CPU
// time and disk at 1,000 conversations, 10,000, and so on up to --conversations. Every step does
// the same work for each message: one question, one right answer.
#include <algorithm>

#include "bench/sim/simulator.h"
#include "bench/suites/fill.h"
#include "bench/suites/jobs.h"
#include "bench/suites/operator_page.h"

namespace aura::bench {
namespace {

constexpr std::chrono::seconds kGrowthDrain{900};
constexpr std::size_t kSmallest = 1'000;
// When a conversation leaves memory: short enough to wait for, long enough that one with traffic
// stays; shorter in a short run.
std::chrono::seconds conversation_idle(const Context& context) {
  return std::chrono::seconds(std::max<std::size_t>(1, context.options.scaled(5)));
}

struct Step {
  double per_second = 0;
  double cpu_us = 0;
  double not_right = 0;  // wrong, unexpected or missing answers
};

// Each question is asked by the customer who was silent longest, so that beyond the number of jobs
// in flight every one wakes a conversation: the worst case for caches.
Step measure_step(Context& context, Scene& scene, Simulator& simulator, std::size_t conversations) {
  const auto& options = context.options;
  JobWorkload jobs(scene, scene.engine().public_side(), scene.population(conversations));
  Stream stream(context.loop, scene.engine().public_side(), jobs,
                {.connections = options.connections, .operations = options.jobs_in_flight});
  jobs.attach(&stream);
  simulator.watch([&](const AcceptedSend& entry) { jobs.sent(entry); });
  const auto cpu_before = usage_of(scene.engine().pid()).cpu_seconds;
  const auto began = steady_now();
  stream.start();
  context.loop.run_until(
      began + std::chrono::microseconds(static_cast<std::int64_t>(options.seconds * 1e6)));
  Step out;
  out.per_second = static_cast<double>(jobs.counts().done) /
                   std::chrono::duration<double>(steady_now() - began).count();
  stream.pause();
  context.loop.run_until(steady_now() + kGrowthDrain, [&] { return jobs.waiting() == 0; });
  wait_until_idle(context.loop, scene.engine().pid(), kGrowthDrain);
  const auto& counts = jobs.counts();
  out.not_right = static_cast<double>(counts.wrong + counts.unexpected + jobs.waiting());
  out.cpu_us = (usage_of(scene.engine().pid()).cpu_seconds - cpu_before) * 1e6 /
               static_cast<double>(counts.done);
  simulator.watch({});
  simulator.ledger().clear();
  return out;
}

// Waits until the conversations have left memory and it was returned to the system; returns the
// process's resident memory in MB. Long after the last message the engine still asks for the names
// of new contacts, a few a second, so it is passive only when nothing more was stored for a while.
double resident_mb_when_passive(Context& context, Scene& scene) {
  const auto position = [&] {
    return metric_in(scene.engine().metrics(), "aura_storage_position");
  };
  const auto limit = steady_now() + kGrowthDrain;
  for (double before = -1, now = position(); before != now && steady_now() < limit;) {
    before = now;
    context.loop.run_until(steady_now() + 4 * conversation_idle(context));
    now = position();
  }
  return static_cast<double>(usage_of(scene.engine().pid()).resident_bytes) / 1e6;
}

Result report_step(std::size_t n, double messages, const Step& step, const Step& first, bool last) {
  Result result{.suite = "growth", .name = std::to_string(n) + " conversations", .unit = "jobs/s"};
  result.value = step.per_second;
  result.reference = first.per_second;
  result.ratio = step.per_second / first.per_second;
  if (last && n > kSmallest) result.target = {.at_least = true, .limit = 0.85};
  if (step.not_right > 0) result.spoiled_by = "not every answer was right";
  result.detail("conversations", static_cast<double>(n))
      .detail("messages", messages)
      .detail("wrong, unexpected or missing answers", step.not_right)
      .detail("engine cpu us/job", step.cpu_us);
  return result;
}

Result report_memory(std::size_t n, double empty_mb, double stored_mb) {
  Result result{.suite = "growth",
                .name = "memory of " + std::to_string(n) + " idle",
                .unit = "MB",
                .target = Result::Target{.at_least = false, .limit = 64, .of_ratio = false}};
  result.value = stored_mb - empty_mb;
  result.detail("conversations", static_cast<double>(n))
      .detail("empty engine MB", empty_mb)
      .detail("with them stored MB", stored_mb);
  return result;
}

// Time of the slowest request of the operator's page. It must depend only on what is in memory, not
// on what is stored.
Result report_page(Scene& scene, std::size_t n) {
  constexpr int kLooks = 5;
  Result result{.suite = "growth",
                .name = "operator's page at " + std::to_string(n),
                .unit = "ms",
                .target = Result::Target{.at_least = false, .limit = 250, .of_ratio = false}};
  RestClient page = scene.engine().operator_api();
  double bytes = 0;
  for (const char* path : kOperatorPage) {
    double worst = 0;
    std::size_t size = 0;
    for (int look = 0; look < kLooks; ++look) {
      const auto began = steady_now();
      size = page.must("GET", path).size();
      worst =
          std::max(worst, std::chrono::duration<double, std::milli>(steady_now() - began).count());
    }
    result.value = std::max(result.value, worst);
    result.detail(std::string(path) + " ms", worst);
    bytes += static_cast<double>(size);
  }
  result.detail("conversations", static_cast<double>(n)).detail("bytes of all answers", bytes);
  return result;
}

}  // namespace

void run_growth(Context& context) {
  const auto& options = context.options;
  context.report.heading("growth", "the cost of a message at N stored conversations (" +
                                       file_system_of(options.scratch) + ")");
  Simulator simulator(context.loop, {.app_secret = std::string(kAppSecret)});
  Scene scene(context.loop, options, simulator.endpoint().url(),
              "[runtime]\nconversation_idle_seconds = " +
                  std::to_string(conversation_idle(context).count()) + "\n");
  const auto empty_mb = resident_mb_when_passive(context, scene);
  Filler filler(context, scene, options.conversations);
  std::optional<Step> first;
  const auto largest = std::max(options.conversations, kSmallest);
  for (std::size_t n = kSmallest;; n = std::min(n * 10, largest)) {
    filler.fill_to(n);
    simulator.ledger().clear();
    const auto stored_mb = resident_mb_when_passive(context, scene);
    // Of customers; the answers come on top.
    const auto messages = metric_in(scene.engine().metrics(), "aura_events_finished_total");
    const auto step = measure_step(context, scene, simulator, n);
    if (!first) first = step;
    auto result = report_step(n, messages, step, *first, n == largest);
    result.detail("data MB", static_cast<double>(bytes_below(scene.engine().data())) / 1e6);
    context.report.add(result);
    context.report.add(report_memory(n, empty_mb, stored_mb));
    context.report.add(report_page(scene, n));
    if (n == largest) break;
  }
}

}  // namespace aura::bench
