// webchat: memory per idle WebSocket visitor with thousands of them, and the latency of a durable
// acknowledgement meanwhile.
#include "bench/harness/visitors.h"
#include "bench/suites/scene.h"

namespace aura::bench {
namespace {

constexpr double kBytesTarget = 8 * 1024;
constexpr std::size_t kWarmVisitors = 50;  // excludes first-use memory from the measurement
constexpr double kMessagesPerSecond = 200;

std::string open_widget(Scene& scene) {
  const auto& workspace = scene.workspaces().front();
  auto api = scene.engine().api(workspace);
  const auto body = api.must("POST", "/api/v1/workspaces/" + workspace.id + "/channels",
                             R"({"type":"webchat","name":"Bench widget","credentials":{}})");
  return "/chat/" + json_string(body, "widget_key");
}

void wait_for_all(Context& context, const Visitors& visitors) {
  context.loop.run_until(steady_now() + std::chrono::seconds(300), [&] {
    return visitors.welcomed() + visitors.lost() >= visitors.size() &&
           visitors.unacknowledged() == 0;
  });
}

void measure_memory(Context& context, Scene& scene, Visitors& visitors) {
  visitors.open(kWarmVisitors);
  wait_for_all(context, visitors);
  wait_until_idle(context.loop, scene.engine().pid(), std::chrono::seconds(10));
  const auto before = usage_of(scene.engine().pid()).resident_bytes;
  const auto welcomed_before = visitors.welcomed();
  const auto began = steady_now();
  visitors.open(context.options.sockets);
  wait_for_all(context, visitors);
  const auto took = std::chrono::duration<double>(steady_now() - began).count();
  wait_until_idle(context.loop, scene.engine().pid(), std::chrono::seconds(10));
  const auto after = usage_of(scene.engine().pid()).resident_bytes;
  const auto opened = static_cast<double>(visitors.welcomed() - welcomed_before);
  Result result{.suite = "webchat", .name = "memory of an idle visitor", .unit = "bytes"};
  result.value = after > before && opened > 0 ? static_cast<double>(after - before) / opened : 0;
  result.target = {.at_least = false, .limit = kBytesTarget, .of_ratio = false};
  result.detail("visitors connected", opened)
      .detail("visitors lost", static_cast<double>(visitors.lost()))
      .detail("connected/s", opened / took);
  if (opened < static_cast<double>(context.options.sockets)) {
    result.spoiled_by = "not every visitor was connected and welcomed";
  }
  context.report.add(result);
}

// One message at a time per visitor, at a steady pace, all visitors in turn.
void measure_echo(Context& context, Visitors& visitors) {
  const auto gap = std::chrono::nanoseconds(static_cast<std::int64_t>(1e9 / kMessagesPerSecond));
  const auto end = steady_now() + std::chrono::milliseconds(
                                      static_cast<std::int64_t>(context.options.seconds * 1000));
  std::size_t n = 0;
  for (auto due = steady_now(); due < end && n < visitors.size(); due += gap, ++n) {
    context.loop.run_until(due);
    visitors.say(n, "Hello from visitor " + std::to_string(n));
  }
  wait_for_all(context, visitors);
  Result result{.suite = "webchat", .name = "message to durable ack, p99", .unit = "us"};
  result.value = visitors.ack_latency().quantile_us(0.99);
  result.detail("p50 us", visitors.ack_latency().quantile_us(0.5))
      .detail("messages", static_cast<double>(visitors.ack_latency().count()))
      .detail("never acknowledged", static_cast<double>(visitors.unacknowledged()));
  if (visitors.unacknowledged() > 0 || visitors.ack_latency().count() == 0) {
    result.spoiled_by = "messages were not acknowledged";
  }
  context.report.add(result);
}

}  // namespace

void run_webchat(Context& context) {
  context.report.heading("webchat", std::to_string(context.options.sockets) + " idle visitors");
  BenchOptions options = context.options;
  options.pages = 0;
  const auto simulator = start_simulator(options.scratch);
  // Descriptors that the engine and the visitors' side need besides the sockets.
  constexpr std::size_t kOtherDescriptors = 2'000;
  raise_descriptor_limit(context.options.sockets + kOtherDescriptors);
  Scene scene(context.loop, options, simulator.endpoint.url());
  Visitors visitors(context.loop, scene.engine().public_side(), open_widget(scene));
  measure_memory(context, scene, visitors);
  measure_echo(context, visitors);
}

}  // namespace aura::bench
