#include "bench/sim/simulator.h"

#include <charconv>

namespace aura::bench {
namespace {

std::uint64_t number_in_query(std::string_view target, std::string_view name, std::uint64_t other) {
  const auto text = query_value(target, name);
  std::uint64_t value = other;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

HttpAnswer problem(int status, const std::string& detail) {
  HttpAnswer answer;
  answer.status = status;
  answer.content_type = "application/problem+json";
  answer.body = "{\"title\":\"" + detail + "\"}";
  return answer;
}

}  // namespace

Simulator::Simulator(Loop& loop, SimulatorOptions options)
    : options_(std::move(options)),
      graph_(options_.knobs, ledger_, options_.app_secret,
             [this](const AcceptedSend& entry) { accepted(entry); }),
      server_(loop, options_.listen,
              [this](const HttpMessage& request) { return handle(request); }) {
  if (!options_.webhook_url.empty()) {
    webhooks_ = std::make_unique<WebhookSender>(loop, options_.knobs, options_.webhook_url,
                                                options_.app_secret, options_.app_id);
  }
}

void Simulator::accepted(const AcceptedSend& entry) {
  if (webhooks_) webhooks_->announce(entry);
  if (watcher_) watcher_(entry);
}

HttpAnswer Simulator::handle(const HttpMessage& request) {
  return request.target().starts_with("/_sim/") ? control(request) : graph_.handle(request);
}

HttpAnswer Simulator::control(const HttpMessage& request) {
  const auto target = request.target();
  const auto path = target.substr(0, target.find('?'));
  HttpAnswer answer;
  if (path == "/_sim/knobs") return change_knobs(request);
  if (path == "/_sim/ledger" && request.method() == "GET") {
    answer.body = ledger_.json(number_in_query(target, "since", 0),
                               number_in_query(target, "limit", 100'000));
    return answer;
  }
  if (path == "/_sim/reset" && request.method() == "POST") {
    ledger_.clear();
    options_.knobs = {};
    graph_.reseed();
    answer.body = "{}";
    return answer;
  }
  if (path == "/_sim/stats" && request.method() == "GET") {
    answer.body = "{\"accepted\":" + std::to_string(ledger_.size());
    if (webhooks_) {
      answer.body += ",\"webhooks_delivered\":" + std::to_string(webhooks_->delivered()) +
                     ",\"webhooks_retried\":" + std::to_string(webhooks_->retried()) +
                     ",\"webhooks_waiting\":" + std::to_string(webhooks_->waiting());
    }
    answer.body += "}";
    return answer;
  }
  return problem(404, "no such control: ledger, knobs, reset, stats");
}

HttpAnswer Simulator::change_knobs(const HttpMessage& request) {
  if (request.method() == "PUT") {
    const auto wrong = merge_json(options_.knobs, request.decoded_body());
    if (!wrong.empty()) return problem(400, wrong);
    graph_.reseed();
  }
  HttpAnswer answer;
  answer.body = to_json(options_.knobs);
  return answer;
}

}  // namespace aura::bench
