#include "bench/suites/scene.h"

namespace aura::bench {
namespace {

constexpr double kWarmupSeconds = 0.4;

SideServer start_side(const std::string& program, std::vector<std::string> arguments,
                      const std::string& ready, const std::filesystem::path& scratch) {
  const auto path = sibling_program(program);
  arguments.insert(arguments.begin(), path.string());
  SideServer out;
  out.process = ChildProcess(arguments, scratch / (program + ".log"));
  const auto line = out.process.wait_for_line(ready, std::chrono::seconds(10));
  out.endpoint = parse_endpoint(std::string_view(line).substr(ready.size() + 1));
  return out;
}

TimePoint seconds_from_now(double seconds) {
  return steady_now() + std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
}

}  // namespace

Scene::Scene(const BenchOptions& options, const std::string& graph_url, std::string extra_config)
    : options_(options),
      engine_({options.program, options.scratch, graph_url, std::move(extra_config),
               options.keep_data}) {
  engine_.start();
  progress("engine ready in " + std::to_string(engine_.seconds_to_ready()) + " s; opening " +
           std::to_string(options.workspaces) + " workspaces with " +
           std::to_string(options.pages) + " pages");
  for (std::size_t i = 0; i < options_.workspaces; ++i) open_shop(i);
}

void Scene::open_shop(std::size_t workspace) {
  workspaces_.push_back(engine_.create_workspace("Bench shop " + std::to_string(workspace)));
  const auto& mine = workspaces_.back();
  auto api = engine_.api(mine);
  const auto base = "/api/v1/workspaces/" + mine.id;
  auto& items = items_.emplace_back();
  for (std::size_t i = 0; i < options_.items; ++i) {
    items.push_back(shop_item(i));
    items.back().price_minor += static_cast<int>(workspace);
    api.must("POST", base + "/catalog/items", item_json(items.back(), i));
  }
  for (auto page = workspace; page < options_.pages; page += options_.workspaces) {
    const auto id = std::to_string(kFirstPage + page);
    api.must("POST", base + "/channels",
             R"({"type":"messenger","name":"Page )" + id + R"(","credentials":{"page_id":")" + id +
                 R"(","page_access_token":"EAA)" + id + R"("}})");
  }
}

const std::vector<ShopItem>& Scene::items_of_page(std::uint64_t page) const {
  return items_[(page - kFirstPage) % options_.workspaces];
}

Population Scene::population(std::size_t senders, std::uint64_t first_sender) const {
  return {kFirstPage, options_.pages, kFirstSender + first_sender, senders};
}

SideServer start_bare_server(const std::filesystem::path& scratch) {
  return start_side("bare-beast", {}, "bare ready", scratch);
}

SideServer start_simulator(const std::filesystem::path& scratch) {
  return start_side("aura-sim", {"--exit-with-parent", "--app-secret", std::string(kAppSecret)},
                    "aura-sim ready", scratch);
}

Window measure(Loop& loop, Stream& stream, double seconds) {
  stream.start();
  loop.run_until(seconds_from_now(kWarmupSeconds));
  stream.reset_counts();
  const auto began = steady_now();
  const auto cpu_before = thread_cpu_seconds();
  loop.run_until(seconds_from_now(seconds));
  Window out;
  out.seconds = std::chrono::duration<double>(steady_now() - began).count();
  out.generator_cpu = (thread_cpu_seconds() - cpu_before) / out.seconds;
  out.counts = stream.counts();
  out.latency = stream.latency();
  stream.pause();
  loop.run_until(seconds_from_now(10), [&] { return stream.outstanding() == 0; });
  return out;
}

IngestWorkload::IngestWorkload(const Endpoint& where, Population population)
    : factory_(kAppSecret, where.text()), population_(population) {}

std::uint64_t IngestWorkload::next(std::string& out, TimePoint) {
  const auto sender = sent_ % population_.senders;
  text_.clear();
  append_small_talk(text_, sent_);
  factory_.append_message(out, population_.page_id(sender), population_.sender_id(sender), text_);
  return sent_++;
}

bool IngestWorkload::answered(std::uint64_t, int status) {
  acked_ += status == 200;
  return true;
}

}  // namespace aura::bench
