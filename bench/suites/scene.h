// The setting of a suite: an engine with workspaces, their pages and their catalogs. Every
// workspace has the same items at different prices, so that an answer from another tenant's catalog
// is detected. Owned by a suite; one thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bench/harness/engine.h"
#include "bench/harness/shop.h"
#include "bench/harness/stream.h"
#include "bench/harness/webhook_factory.h"
#include "bench/suites/context.h"

namespace aura::bench {

class Scene {
 public:
  // Runs `loop` during setup, because the engine asks the simulator about each page.
  Scene(Loop& loop, const BenchOptions& options, const std::string& graph_url,
        const std::string& extra_config = {});

  Engine& engine() { return engine_; }
  const std::vector<Workspace>& workspaces() const { return workspaces_; }
  const std::vector<ShopItem>& items_of_page(std::uint64_t page) const;
  Population population(std::size_t senders, std::uint64_t from = 0) const;
  std::uint64_t page_in_workspace(std::size_t workspace) const { return first_page() + workspace; }
  std::uint64_t first_sender() const;  // an id of the channel's kind

 private:
  std::uint64_t first_page() const;  // or Instagram account, or WhatsApp number
  std::string channel_json(std::uint64_t page) const;
  void open_shop(std::size_t workspace);

  const BenchOptions& options_;
  Engine engine_;
  std::vector<Workspace> workspaces_;
  std::vector<std::vector<ShopItem>> items_;  // by workspace
};

// A server that takes turns with the engine: bare-beast, or aura-sim in its own process.
struct SideServer {
  ChildProcess process;
  Endpoint endpoint;
};
SideServer start_bare_server(const std::filesystem::path& scratch);
SideServer start_simulator(const std::filesystem::path& scratch);

// One measured period of a running stream.
struct Window {
  double seconds = 0;
  StreamCounts counts;
  LatencyHistogram latency;
  double generator_cpu = 0;  // share of one core the generator's thread used
  double per_second() const { return static_cast<double>(counts.answered_ok) / seconds; }
};
// Starts the stream, warms up, measures, pauses the stream and waits for outstanding requests.
Window measure(Loop& loop, Stream& stream, double seconds);

// Plain messages that ask nothing, from every sender of a population in turn.
class IngestWorkload final : public Workload {
 public:
  IngestWorkload(const Endpoint& where, Population population,
                 Channel channel = Channel::messenger);
  std::uint64_t next(std::string& out, TimePoint due) override;
  bool answered(std::uint64_t tag, int status) override;
  std::uint64_t acked() const { return acked_; }
  const WebhookFactory& factory() const { return factory_; }

 private:
  WebhookFactory factory_;
  Population population_;
  std::uint64_t sent_ = 0;
  std::uint64_t acked_ = 0;
  std::string text_;
};

}  // namespace aura::bench
