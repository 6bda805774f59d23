// ingest: signed webhook → durable → 200, in turns with a bare Beast server under the same load.
#include <cmath>

#include "bench/suites/scene.h"

namespace aura::bench {
namespace {

constexpr std::chrono::seconds kIngestDrain{300};

struct Side {
  Side(Context& context, const Endpoint& where, Population population)
      : workload(where, population, context.options.channel),
        stream(context.loop, where, workload,
               {.connections = context.options.connections, .pipeline = context.options.pipeline}) {
  }
  IngestWorkload workload;
  Stream stream;
  std::vector<double> rates;
  std::vector<double> generator_cpu;
  LatencyHistogram latency;

  void add(const Window& window) {
    rates.push_back(window.per_second());
    generator_cpu.push_back(window.generator_cpu);
    latency.merge(window.latency);
  }
};

// Resources used in all engine rounds together, from the first request until the engine is idle
// again.
struct EngineCost {
  double cpu_seconds = 0;
  double wall_seconds = 0;
  double device_bytes = 0;
  double refused = 0;
  double failed = 0;
  bool drained = true;
};

void engine_round(Context& context, Scene& scene, Side& side, EngineCost& cost, double seconds) {
  const auto before = usage_of(scene.engine().pid());
  const auto began = steady_now();
  const auto window = measure(context.loop, side.stream, seconds);
  side.add(window);
  cost.refused += static_cast<double>(window.counts.refused);
  cost.failed += static_cast<double>(window.counts.failed);
  const auto idle = wait_until_idle(context.loop, scene.engine().pid(), kIngestDrain);
  cost.drained = cost.drained && idle;
  const auto after = usage_of(scene.engine().pid());
  cost.cpu_seconds += after.cpu_seconds - before.cpu_seconds;
  cost.device_bytes += static_cast<double>(after.device_bytes - before.device_bytes);
  cost.wall_seconds += std::chrono::duration<double>(idle.value_or(steady_now()) - began).count();
}

void report_maximum(Context& context, Scene& scene, const Side& bare, const Side& engine,
                    const EngineCost& cost) {
  const auto events = static_cast<double>(engine.workload.acked());
  Result result{.suite = "ingest",
                .name = with_channel("max throughput", context.options.channel),
                .unit = "events/s"};
  result.value = median(engine.rates);
  result.reference = median(bare.rates);
  result.ratio = result.value / *result.reference;
  result.target = {.at_least = true, .limit = 0.60};
  result.detail("ack p50 us", engine.latency.quantile_us(0.5))
      .detail("ack p99 us", engine.latency.quantile_us(0.99))
      .detail("ack p99.9 us", engine.latency.quantile_us(0.999))
      .detail("reference p99 us", bare.latency.quantile_us(0.99))
      .detail("acked events", events)
      .detail("refused (429, 503)", cost.refused)
      .detail("failed", cost.failed)
      .detail("processed/s incl. drain", events / cost.wall_seconds)
      .detail("drained", cost.drained ? "yes" : "NO")
      .detail("engine cpu us/event", cost.cpu_seconds * 1e6 / events)
      .detail("generator cpu, engine", median(engine.generator_cpu))
      .detail("generator cpu, reference", median(bare.generator_cpu));
  const auto text = scene.engine().metrics();
  result.detail("engine: events received", metric_in(text, "aura_events_received_total"))
      .detail("engine: events finished", metric_in(text, "aura_events_finished_total"))
      .detail("engine: dead letters",
              metric_in(text, "aura_events_finished_total{outcome=\"dead\""));
  result.detail("fsyncs/event", metric_in(text, "aura_storage_fsyncs_total") / events);
  context.report.add(result);
}

// From the first request until the engine is idle: tables that are written later are not in it.
void report_bytes_written(Context& context, const Side& engine, const EngineCost& cost) {
  const auto events = static_cast<double>(engine.workload.acked());
  Result result{.suite = "ingest",
                .name = with_channel("written to the device", context.options.channel),
                .unit = "bytes/event"};
  result.value = cost.device_bytes / events;
  result.reference = static_cast<double>(engine.workload.factory().body_bytes()) / events;
  result.ratio = result.value / *result.reference;
  result.target = {.at_least = false, .limit = 3.5};
  context.report.add(result);
}

void measure_at(Context& context, Scene& scene, Side& engine, Side& bare, double share,
                double limit_us) {
  const auto rate = share * median(engine.rates);
  progress("ack latency on a schedule of " + std::to_string(static_cast<int>(rate)) + " events/s");
  Window windows[2];
  for (auto* side : {&bare, &engine}) {
    side->stream.set_rate(rate);
    windows[side == &engine] = measure(context.loop, side->stream, context.options.seconds / 2);
  }
  const bool drained =
      wait_until_idle(context.loop, scene.engine().pid(), kIngestDrain).has_value();
  const auto percent = std::to_string(static_cast<int>(share * 100));
  Result result{
      .suite = "ingest",
      .name = with_channel("ack p99 at " + percent + " % of own max", context.options.channel),
      .unit = "us"};
  result.value = windows[1].latency.quantile_us(0.99);
  result.reference = windows[0].latency.quantile_us(0.99);
  result.target = {.at_least = false, .limit = limit_us, .of_ratio = false};
  result.detail("offered/s", rate)
      .detail("answered/s", windows[1].per_second())
      .detail("p50 us", windows[1].latency.quantile_us(0.5))
      .detail("p99.9 us", windows[1].latency.quantile_us(0.999))
      .detail("max us", windows[1].latency.max_us())
      .detail("generator cpu", windows[1].generator_cpu)
      .detail("refused (429, 503)", static_cast<double>(windows[1].counts.refused))
      .detail("drained", drained ? "yes" : "NO");
  // Poisson arrivals vary by chance: up to three standard deviations below the rate are not the
  // engine's fault.
  const auto expected = rate * windows[1].seconds;
  const auto answered_ok = static_cast<double>(windows[1].counts.answered_ok);
  if (answered_ok < 0.98 * expected - 3 * std::sqrt(expected)) {
    result.spoiled_by = "the offered rate was not answered in full";
  }
  context.report.add(result);
}

}  // namespace

void run_ingest(Context& context) {
  const auto& options = context.options;
  context.report.heading("ingest",
                         "signed webhook → durable → 200, against bare Beast, in turns (" +
                             file_system_of(options.scratch) + ")");
  const auto simulator = start_simulator(options.scratch);
  const auto bare_server = start_bare_server(options.scratch);
  Scene scene(context.loop, options, simulator.endpoint.url());
  const auto population = scene.population(options.senders);
  Side bare(context, bare_server.endpoint, population);
  Side engine(context, scene.engine().public_side(), population);
  wait_until_idle(context.loop, scene.engine().pid(), std::chrono::seconds(30));
  EngineCost cost;
  const auto round_seconds = options.seconds / static_cast<double>(options.rounds);
  for (std::size_t round = 0; round < options.rounds; ++round) {
    bare.add(measure(context.loop, bare.stream, round_seconds));
    engine_round(context, scene, engine, cost, round_seconds);
    progress("round " + std::to_string(round + 1) + ": reference " +
             std::to_string(static_cast<int>(bare.rates.back())) + "/s, engine " +
             std::to_string(static_cast<int>(engine.rates.back())) + "/s");
  }
  report_maximum(context, scene, bare, engine, cost);
  report_bytes_written(context, engine, cost);
  measure_at(context, scene, engine, bare, 0.5, 5'000);
  measure_at(context, scene, engine, bare, 0.9, 25'000);
}

}  // namespace aura::bench
