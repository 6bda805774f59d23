// growth: what a message costs when many conversations are already stored: throughput, processor
// time and disk at a thousand conversations, ten thousand, and so on up to --conversations.
#include <algorithm>

#include "bench/suites/scene.h"

namespace aura::bench {
namespace {

constexpr std::chrono::seconds kDrainLimit{900};
constexpr std::size_t kSmallest = 1'000;
// Short enough to wait for, long enough that a conversation in traffic stays in memory.
constexpr std::chrono::seconds kConversationIdle{5};

// One message from each sender in [from, to), as fast as the engine takes them.
class FillWorkload final : public Workload {
 public:
  FillWorkload(const Endpoint& where, Population population)
      : factory_(kAppSecret, where.text()), population_(population) {}

  void fill_to(std::uint64_t to) { to_ = to; }
  std::uint64_t next(std::string& out, TimePoint) override {
    if (retry_.empty() && next_ >= to_) return kNothing;
    auto sender = next_;
    if (retry_.empty()) {
      ++next_;
    } else {
      sender = retry_.back();
      retry_.pop_back();
    }
    text_ = "I found you on the map, spot ";
    text_ += std::to_string(sender);
    factory_.append_message(out, population_.page_id(sender), population_.sender_id(sender), text_);
    return sender;
  }
  bool answered(std::uint64_t tag, int status) override {
    if (status == 200) {
      ++filled_;
    } else {
      retry_.push_back(tag);
    }
    return true;
  }
  std::uint64_t filled() const { return filled_; }

 private:
  WebhookFactory factory_;
  Population population_;
  std::uint64_t next_ = 0;
  std::uint64_t to_ = 0;
  std::uint64_t filled_ = 0;
  std::vector<std::uint64_t> retry_;
  std::string text_;
};

void fill(Context& context, Scene& scene, FillWorkload& filler, Stream& stream, std::size_t to) {
  filler.fill_to(to);
  stream.start();
  while (filler.filled() < to) {
    context.loop.run_until(steady_now() + std::chrono::seconds(2),
                           [&] { return filler.filled() >= to; });
    stream.start();  // refused senders wait in the workload for the next look
    progress("stored " + std::to_string(filler.filled()) + " of " + std::to_string(to));
  }
  stream.pause();
  wait_until_idle(context.loop, scene.engine().pid(), kDrainLimit);
}

struct Step {
  double per_second = 0;
  double processed_per_second = 0;
  double cpu_us = 0;
  bool drained = false;
};

// Traffic spread evenly over everybody stored: the worst case for caches.
Step measure_step(Context& context, Scene& scene, std::size_t conversations) {
  IngestWorkload traffic(scene.engine().public_side(), scene.population(conversations));
  Stream stream(context.loop, scene.engine().public_side(), traffic,
                {.connections = context.options.connections});
  const auto cpu_before = usage_of(scene.engine().pid()).cpu_seconds;
  const auto began = steady_now();
  Step out;
  out.per_second = measure(context.loop, stream, context.options.seconds).per_second();
  const auto idle = wait_until_idle(context.loop, scene.engine().pid(), kDrainLimit);
  out.drained = idle.has_value();
  const auto events = static_cast<double>(traffic.acked());
  out.processed_per_second =
      events / std::chrono::duration<double>(idle.value_or(steady_now()) - began).count();
  out.cpu_us = (usage_of(scene.engine().pid()).cpu_seconds - cpu_before) * 1e6 / events;
  return out;
}

// Waits until the conversations have left memory, and answers what the process still holds.
double resident_mb_when_passive(Context& context, Scene& scene) {
  context.loop.run_until(steady_now() + 2 * kConversationIdle);
  wait_until_idle(context.loop, scene.engine().pid(), kDrainLimit);
  return static_cast<double>(usage_of(scene.engine().pid()).resident_bytes) / 1e6;
}

Result report_step(std::size_t n, const Step& step, const Step& first, bool last) {
  Result result{
      .suite = "growth", .name = std::to_string(n) + " conversations", .unit = "events/s"};
  result.value = step.processed_per_second;
  result.reference = first.processed_per_second;
  result.ratio = step.processed_per_second / first.processed_per_second;
  if (last && n > kSmallest) result.target = {.at_least = true, .limit = 0.85};
  if (!step.drained) result.spoiled_by = "the engine did not become idle";
  result.detail("acked/s", step.per_second).detail("engine cpu us/event", step.cpu_us);
  return result;
}

Result report_memory(std::size_t n, double empty_mb, double stored_mb) {
  Result result{.suite = "growth",
                .name = "memory of " + std::to_string(n) + " idle",
                .unit = "MB",
                .target = Result::Target{.at_least = false, .limit = 64, .of_ratio = false}};
  result.value = stored_mb - empty_mb;
  result.detail("empty engine MB", empty_mb).detail("with them stored MB", stored_mb);
  return result;
}

}  // namespace

void run_growth(Context& context) {
  const auto& options = context.options;
  context.report.heading("growth", "the cost of a message at N stored conversations (" +
                                       file_system_of(options.scratch) + ")");
  const auto simulator = start_simulator(options.scratch);
  Scene scene(
      options, simulator.endpoint.url(),
      "[runtime]\nconversation_idle_seconds = " + std::to_string(kConversationIdle.count()) + "\n");
  const auto empty_mb = resident_mb_when_passive(context, scene);
  FillWorkload filler(scene.engine().public_side(), scene.population(options.conversations));
  Stream fill_stream(context.loop, scene.engine().public_side(), filler,
                     {.connections = options.connections});
  std::optional<Step> first;
  const auto largest = std::max(options.conversations, kSmallest);
  for (std::size_t n = kSmallest;; n = std::min(n * 10, largest)) {
    fill(context, scene, filler, fill_stream, n);
    const auto stored_mb = resident_mb_when_passive(context, scene);
    const auto step = measure_step(context, scene, n);
    if (!first) first = step;
    auto result = report_step(n, step, *first, n == largest);
    result.detail("data MB", static_cast<double>(bytes_below(scene.engine().data())) / 1e6);
    context.report.add(result);
    context.report.add(report_memory(n, empty_mb, stored_mb));
    if (n == largest) break;
  }
}

}  // namespace aura::bench
