// All simulated providers: APIs, ledger, knobs, control API and webhooks on one loop. Owned by the
// aura-sim program, or by the job suite, which runs it on the generator's loop so that one clock
// times both ends of a job. One thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "bench/sim/customers.h"
#include "bench/sim/graph_api.h"
#include "bench/sim/http_server.h"
#include "bench/sim/model_api.h"
#include "bench/sim/twilio_api.h"
#include "bench/sim/webhook_sender.h"

namespace aura::bench {

struct SimulatorOptions {
  Endpoint listen = {};
  std::string app_secret = {};
  std::string app_id = "900100";
  std::string webhook_url = {};  // Meta's callback URL; empty: sends no Meta webhooks
  std::string knobs = "{}";      // the initial knobs, JSON
};

class Simulator {
 public:
  Simulator(Loop& loop, SimulatorOptions options);

  const Endpoint& endpoint() const { return server_.endpoint(); }
  const KnobSet& knobs() const { return knobs_; }
  Ledger& ledger() { return ledger_; }
  const Intake& intake() const { return intake_; }
  const WebhookLog& webhook_log() const { return log_; }
  WebhookSender& webhooks() { return *webhooks_; }
  // As PUT /_sim/knobs: returns an empty string, or what is wrong.
  std::string change_knobs(std::string_view json);
  std::string set_knobs(std::string_view json);  // sets the defaults, then these
  void know_token(const std::string& account, const std::string& token);  // for an SMS account
  // Performs a customer's action; returns the webhook's number in the log.
  std::uint64_t act(const InboundKind& kind, InboundInput input);
  // Sets the webhook URL, for an engine that starts after the simulator.
  void send_webhooks_to(const std::string& meta_url);
  // The watcher is called for every accepted send, within the call that accepts it.
  void watch(std::function<void(const AcceptedSend&)> watcher) { watcher_ = std::move(watcher); }

 private:
  HttpAnswer handle(const HttpMessage& request);
  HttpAnswer control(const HttpMessage& request);
  HttpAnswer knobs_answer(const HttpMessage& request);
  HttpAnswer inbound_answer(const HttpMessage& request);
  HttpAnswer handshake_answer(const HttpMessage& request);
  HttpAnswer reset();
  HttpAnswer stats() const;
  std::uint64_t submit(WebhookItem item);
  void accepted(const AcceptedSend& entry);

  SimulatorOptions options_;
  KnobSet knobs_;
  Faults faults_;
  Ledger ledger_;
  MediaStore media_;
  Intake intake_;
  GraphApi graph_;
  TwilioApi twilio_;
  ModelApi model_;
  Customers customers_;
  WebhookLog log_;
  std::unique_ptr<WebhookSender> webhooks_;
  std::function<void(const AcceptedSend&)> watcher_;
  HttpServer server_;
};

}  // namespace aura::bench
