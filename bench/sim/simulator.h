// The simulated provider as one object: Graph API, ledger, knobs, control API and webhooks on one
// loop. Owned by the aura-sim program, or by the job suite which runs it on the generator's loop so
// that one clock sees both ends of a job. One thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "bench/sim/graph_api.h"
#include "bench/sim/http_server.h"
#include "bench/sim/webhook_sender.h"

namespace aura::bench {

struct SimulatorOptions {
  Endpoint listen = {};
  std::string app_secret = {};
  std::string app_id = "900100";
  std::string webhook_url = {};  // empty: no webhooks are sent
  Knobs knobs = {};
};

class Simulator {
 public:
  Simulator(Loop& loop, SimulatorOptions options);

  const Endpoint& endpoint() const { return server_.endpoint(); }
  Knobs& knobs() { return options_.knobs; }
  Ledger& ledger() { return ledger_; }
  // Told of every accepted send, inside the call that accepts it.
  void watch(std::function<void(const AcceptedSend&)> watcher) { watcher_ = std::move(watcher); }

 private:
  HttpAnswer handle(const HttpMessage& request);
  HttpAnswer control(const HttpMessage& request);
  HttpAnswer change_knobs(const HttpMessage& request);
  void accepted(const AcceptedSend& entry);

  SimulatorOptions options_;
  Ledger ledger_;
  GraphApi graph_;
  std::unique_ptr<WebhookSender> webhooks_;
  std::function<void(const AcceptedSend&)> watcher_;
  HttpServer server_;
};

}  // namespace aura::bench
