// job: signed webhook → durable → conversation → grounded reply → outbox → accepted by the
// provider, in turns with the same bare server as ingest. The simulator runs on the generator's
// loop, so one clock times both ends.
#include "bench/sim/simulator.h"
#include "bench/suites/jobs.h"

namespace aura::bench {
namespace {

constexpr std::chrono::seconds kJobDrain{60};

struct JobRounds {
  std::vector<double> rates;
  std::vector<double> reference_rates;
  std::vector<double> generator_cpu;
  LatencyHistogram latency;
  LatencyHistogram ack;
  JobWorkload::Counts counts;
  double cpu_seconds = 0;
  double lost = 0;
  double refused = 0;
  double fsyncs = 0;
  std::uint64_t all_done = 0;
};

void job_round(Context& context, Scene& scene, Simulator& simulator, JobWorkload& jobs,
               Stream& stream, JobRounds& out, double seconds) {
  const auto cpu_before = usage_of(scene.engine().pid()).cpu_seconds;
  const auto fsyncs = [&] {
    return metric_in(scene.engine().metrics(), "aura_storage_fsyncs_total");
  };
  const auto fsyncs_before = fsyncs();
  jobs.reset_counts();
  stream.start();
  context.loop.run_until(steady_now() + std::chrono::milliseconds(400));
  const auto warm = jobs.counts();
  jobs.reset_counts();
  stream.reset_counts();
  const auto began = steady_now();
  const auto thread_before = thread_cpu_seconds();
  context.loop.run_until(began +
                         std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6)));
  const auto took = std::chrono::duration<double>(steady_now() - began).count();
  out.rates.push_back(static_cast<double>(jobs.counts().done) / took);
  out.generator_cpu.push_back((thread_cpu_seconds() - thread_before) / took);
  out.latency.merge(jobs.latency());
  out.ack.merge(stream.latency());
  stream.pause();
  context.loop.run_until(steady_now() + kJobDrain, [&] { return jobs.waiting() == 0; });
  out.lost = static_cast<double>(jobs.waiting());
  wait_until_idle(context.loop, scene.engine().pid(), kJobDrain);
  const auto& counts = jobs.counts();
  out.counts.wrong += warm.wrong + counts.wrong;
  out.counts.unexpected += warm.unexpected + counts.unexpected;
  if (out.counts.wrong_example.empty())
    out.counts.wrong_example = warm.wrong_example + counts.wrong_example;
  out.refused += static_cast<double>(stream.counts().refused + stream.counts().failed);
  out.all_done += warm.done + counts.done;
  out.cpu_seconds += usage_of(scene.engine().pid()).cpu_seconds - cpu_before;
  out.fsyncs += fsyncs() - fsyncs_before;
  simulator.ledger().clear();
}

void report_jobs(Context& context, const JobRounds& rounds) {
  Result result{.suite = "job",
                .name = with_channel("whole jobs", context.options.channel),
                .unit = "jobs/s"};
  result.value = median(rounds.rates);
  result.reference = median(rounds.reference_rates);
  result.ratio = result.value / *result.reference;
  result.target = {.at_least = true, .limit = 0.25};
  result.detail("webhook to provider p50 us", rounds.latency.quantile_us(0.5))
      .detail("webhook to provider p99 us", rounds.latency.quantile_us(0.99))
      .detail("ack p99 us", rounds.ack.quantile_us(0.99))
      .detail("jobs checked and right", static_cast<double>(rounds.all_done))
      .detail("wrong answers", static_cast<double>(rounds.counts.wrong))
      .detail("unexpected messages", static_cast<double>(rounds.counts.unexpected))
      .detail("never answered", rounds.lost)
      .detail("refused or failed", rounds.refused)
      .detail("engine cpu us/job", rounds.cpu_seconds * 1e6 / static_cast<double>(rounds.all_done))
      .detail("fsyncs/job", rounds.fsyncs / static_cast<double>(rounds.all_done))
      .detail("generator+simulator cpu", median(rounds.generator_cpu));
  if (!rounds.counts.wrong_example.empty()) {
    result.detail("a wrong answer", rounds.counts.wrong_example);
  }
  context.report.add(result);
  Result right{.suite = "job", .name = "jobs wrong, lost or doubled", .unit = "jobs"};
  right.value = static_cast<double>(rounds.counts.wrong + rounds.counts.unexpected) + rounds.lost;
  right.target = {.at_least = false, .limit = 0, .of_ratio = false};
  context.report.add(right);
}

}  // namespace

void run_job(Context& context) {
  const auto& options = context.options;
  context.report.heading("job",
                         "price question → right price accepted by the provider, against bare "
                         "Beast, in turns (" +
                             file_system_of(options.scratch) + ")");
  Simulator simulator(context.loop, {.app_secret = std::string(kAppSecret)});
  const auto bare_server = start_bare_server(options.scratch);
  Scene scene(context.loop, options, simulator.endpoint().url());
  const auto population = scene.population(options.senders);
  IngestWorkload plain(bare_server.endpoint, population, options.channel);
  Stream bare(context.loop, bare_server.endpoint, plain,
              {.connections = options.connections, .pipeline = options.pipeline});
  JobWorkload jobs(scene, scene.engine().public_side(), population, options.channel);
  Stream stream(context.loop, scene.engine().public_side(), jobs,
                {.connections = options.connections,
                 .pipeline = options.pipeline,
                 .operations = options.jobs_in_flight});
  jobs.attach(&stream);
  simulator.watch([&](const AcceptedSend& entry) { jobs.sent(entry); });
  JobRounds rounds;
  const auto round_seconds = options.seconds / static_cast<double>(options.rounds);
  for (std::size_t round = 0; round < options.rounds; ++round) {
    rounds.reference_rates.push_back(measure(context.loop, bare, round_seconds).per_second());
    job_round(context, scene, simulator, jobs, stream, rounds, round_seconds);
    progress("round " + std::to_string(round + 1) + ": reference " +
             std::to_string(static_cast<int>(rounds.reference_rates.back())) + "/s, jobs " +
             std::to_string(static_cast<int>(rounds.rates.back())) + "/s");
  }
  report_jobs(context, rounds);
}

}  // namespace aura::bench
