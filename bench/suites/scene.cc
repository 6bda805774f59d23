#include "bench/suites/scene.h"

#include <thread>

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

Scene::Scene(Loop& loop, const BenchOptions& options, const std::string& graph_url,
             const std::string& extra_config)
    : options_(options),
      engine_({options.program, options.scratch, graph_url,
               "instagram_url = \"" + graph_url + "/graph.instagram.com\"\n" + extra_config,
               options.keep_data}) {
  engine_.start();
  progress("engine ready in " + std::to_string(engine_.seconds_to_ready()) + " s; opening " +
           std::to_string(options.workspaces) + " workspaces with " +
           std::to_string(options.pages) + " pages");
  const std::jthread answering([&loop](const std::stop_token& stop) {
    while (!stop.stop_requested()) loop.run_once(steady_now() + std::chrono::milliseconds(5));
  });
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
    api.must("POST", base + "/channels", channel_json(first_page() + page));
  }
}

std::string Scene::channel_json(std::uint64_t page) const {
  const auto id = std::to_string(page);
  const auto head = R"({"type":")" + std::string(name_of(options_.channel)) + R"(","name":"Page )" +
                    id + R"(","credentials":{)";
  switch (options_.channel) {
    case Channel::instagram:
      return head + R"("account_id":")" + id + R"(","access_token":"IGAA)" + id + R"("}})";
    case Channel::whatsapp:
      return head + R"("phone_number_id":")" + id + R"(","business_account_id":"33)" + id +
             R"(","access_token":"EAAW)" + id + R"("}})";
    case Channel::messenger:
    case Channel::sms:
      break;
  }
  return head + R"("page_id":")" + id + R"(","page_access_token":"EAA)" + id + R"("}})";
}

std::uint64_t Scene::first_page() const {
  // The ids of Instagram's professional accounts begin with 178414.
  return options_.channel == Channel::instagram ? 17'841'400'000'000'001 : 102'938'475'600'000;
}

std::uint64_t Scene::first_sender() const {
  // WhatsApp's sender ids are phone numbers.
  return options_.channel == Channel::whatsapp ? 4'915'110'000'000 : 7'001'112'200'000'000;
}

const std::vector<ShopItem>& Scene::items_of_page(std::uint64_t page) const {
  return items_[(page - first_page()) % options_.workspaces];
}

Population Scene::population(std::size_t senders, std::uint64_t from) const {
  return {first_page(), options_.pages, first_sender() + from, senders};
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

IngestWorkload::IngestWorkload(const Endpoint& where, Population population, Channel channel)
    : factory_(kAppSecret, where.text(), channel), population_(population) {}

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
