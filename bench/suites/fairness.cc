// fairness: latency of a quiet workspace's price questions, alone and next to a workspace that is
// flooded as fast as the engine accepts.
#include "bench/sim/simulator.h"
#include "bench/suites/jobs.h"

namespace aura::bench {
namespace {

constexpr double kQuietPerSecond = 50;
constexpr std::size_t kQuiet = 0;  // workspace numbers
constexpr std::size_t kFlooded = 1;

struct Quiet {
  LatencyHistogram latency;
  LatencyHistogram ack;
  JobWorkload::Counts counts;
  double refused = 0;
};

// All senders of the population write to one page, so to one workspace.
Population one_page(const Scene& scene, std::size_t workspace, std::size_t senders) {
  const auto offset = workspace * 1'000'000;
  return {scene.page_in_workspace(workspace), 1, scene.first_sender() + offset, senders};
}

Quiet watch_quiet(Context& context, JobWorkload& jobs, Stream& stream, double seconds) {
  jobs.reset_counts();
  stream.reset_counts();
  stream.start();
  const auto length = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
  context.loop.run_until(steady_now() + length);
  stream.pause();
  context.loop.run_until(steady_now() + std::chrono::seconds(30),
                         [&] { return jobs.waiting() == 0; });
  return {jobs.latency(), stream.latency(), jobs.counts(),
          static_cast<double>(stream.counts().refused + stream.counts().failed)};
}

Result compare(const char* name, const LatencyHistogram& alone, const LatencyHistogram& beside) {
  Result result{.suite = "fairness", .name = name, .unit = "us"};
  result.value = beside.quantile_us(0.99);
  result.reference = alone.quantile_us(0.99);
  result.ratio = *result.reference > 0 ? result.value / *result.reference : 0;
  result.detail("alone p50 us", alone.quantile_us(0.5))
      .detail("beside p50 us", beside.quantile_us(0.5))
      .detail("samples", static_cast<double>(beside.count()));
  return result;
}

}  // namespace

void run_fairness(Context& context) {
  context.report.heading("fairness",
                         "a quiet workspace (50 jobs/s) alone, and beside a flooded one");
  BenchOptions options = context.options;
  options.workspaces = 2;
  options.pages = 2;
  Simulator simulator(context.loop, {.app_secret = std::string(kAppSecret)});
  Scene scene(context.loop, options, simulator.endpoint().url());
  const auto& where = scene.engine().public_side();
  JobWorkload quiet(scene, where, one_page(scene, kQuiet, 2'000));
  Stream quiet_stream(context.loop, where, quiet,
                      {.connections = 16, .per_second = kQuietPerSecond});
  IngestWorkload flood(where, one_page(scene, kFlooded, options.senders));
  Stream flood_stream(context.loop, where, flood, {.connections = options.connections});
  simulator.watch([&](const AcceptedSend& entry) { quiet.sent(entry); });

  progress("alone");
  watch_quiet(context, quiet, quiet_stream, 1);  // warms up caches; not counted
  const auto alone = watch_quiet(context, quiet, quiet_stream, options.seconds);
  progress("beside the flood");
  flood_stream.start();
  context.loop.run_until(steady_now() + std::chrono::seconds(1));
  flood_stream.reset_counts();
  const auto began = steady_now();
  const auto beside = watch_quiet(context, quiet, quiet_stream, options.seconds);
  const auto took = std::chrono::duration<double>(steady_now() - began).count();
  flood_stream.pause();

  auto result = compare("quiet job p99 beside a flood", alone.latency, beside.latency);
  result.target = {.at_least = false, .limit = 1.5};
  result.detail("flood acked/s", static_cast<double>(flood_stream.counts().answered_ok) / took)
      .detail("flood refused/s", static_cast<double>(flood_stream.counts().refused) / took)
      .detail("quiet refused", beside.refused)
      .detail("quiet wrong or doubled",
              static_cast<double>(beside.counts.wrong + beside.counts.unexpected))
      .detail("quiet never answered", static_cast<double>(quiet.waiting()));
  context.report.add(result);
  context.report.add(compare("quiet ack p99 beside a flood", alone.ack, beside.ack));
}

}  // namespace aura::bench
