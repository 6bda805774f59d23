#include "bench/sim/simulator.h"

#include <array>
#include <charconv>

#include "bench/sim/json_read.h"

namespace aura::bench {
namespace {

constexpr std::array<std::string_view, Refusal::kReasons - 1> kReasonNames{
    "throttled", "account_rate", "pair_rate", "failing", "recipient", "window"};

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
  answer.body = "{\"title\":" + quoted_json(detail) + "}";
  return answer;
}

}  // namespace

Simulator::Simulator(Loop& loop, SimulatorOptions options)
    : options_(std::move(options)),
      faults_(knobs_),
      media_(faults_, wall_clock_ms),
      intake_(faults_, ledger_, wall_clock_ms,
              [this](const AcceptedSend& entry) { accepted(entry); }),
      graph_(intake_, media_, {options_.app_id, options_.app_secret}),
      twilio_(intake_, ledger_, media_),
      model_(faults_, wall_clock_ms),
      customers_(media_, twilio_, wall_clock_ms),
      server_(loop, options_.listen,
              [this](const HttpMessage& request) { return handle(request); }) {
  set_knobs(options_.knobs);
  faults_.reseed();
  webhooks_ = std::make_unique<WebhookSender>(
      loop, faults_, log_,
      WebhookTarget{options_.webhook_url, options_.app_secret, options_.app_id,
                    [this](const std::string& account) { return twilio_.token_of(account); }});
}

void Simulator::send_webhooks_to(const std::string& meta_url) {
  options_.webhook_url = meta_url;
  webhooks_->aim(meta_url);
}

void Simulator::accepted(const AcceptedSend& entry) {
  const bool reachable = !options_.webhook_url.empty() || !entry.callback.empty();
  if (reachable) webhooks_->announce(entry);
  if (watcher_) watcher_(entry);
}

std::uint64_t Simulator::act(const InboundKind& kind, InboundInput input) {
  return submit(customers_.act(kind, std::move(input), endpoint().url()));
}

std::uint64_t Simulator::submit(WebhookItem item) {
  if (item.kind == "comment") intake_.note_comment(item.id, item.contact);
  return webhooks_->submit(std::move(item));
}

HttpAnswer Simulator::handle(const HttpMessage& request) {
  const auto target = request.target();
  if (target.starts_with("/_sim/")) return control(request);
  if (target.starts_with("/_media/")) return media_.serve(request);
  if (ModelApi::is_own(target)) return model_.handle(request);
  return TwilioApi::is_own(target) ? twilio_.handle(request) : graph_.handle(request);
}

HttpAnswer Simulator::control(const HttpMessage& request) {
  const auto target = request.target();
  const auto path = target.substr(0, target.find('?'));
  HttpAnswer answer;
  if (path == "/_sim/knobs") return knobs_answer(request);
  if (path == "/_sim/inbound" && request.method() == "POST") return inbound_answer(request);
  if (path == "/_sim/handshake" && request.method() == "POST") return handshake_answer(request);
  if (path == "/_sim/webhooks" && request.method() == "GET") {
    answer.body =
        log_.json(number_in_query(target, "since", 0), number_in_query(target, "limit", 100'000));
    return answer;
  }
  if (path == "/_sim/ledger" && request.method() == "GET") {
    answer.body =
        ledger_.json(number_in_query(target, "since", 0), number_in_query(target, "limit", 100'000),
                     channel_named(query_value(target, "channel").value_or("")));
    return answer;
  }
  if (path == "/_sim/model" && request.method() == "GET") return json_answer(model_.json());
  if (path == "/_sim/reset" && request.method() == "POST") return reset();
  if (path == "/_sim/stats" && request.method() == "GET") return stats();
  return problem(
      404, "no such control: handshake, inbound, knobs, ledger, model, reset, stats, webhooks");
}

HttpAnswer Simulator::reset() {
  ledger_.clear();
  log_.clear();
  webhooks_->forget();
  media_.clear();
  customers_.clear();
  intake_.clear();
  graph_.clear();
  twilio_.clear();
  model_.clear();
  knobs_ = KnobSet{};
  faults_.reseed();
  return json_answer("{}");
}

HttpAnswer Simulator::stats() const {
  const auto& counts = log_.counts();
  std::string body = "{\"accepted\":" + std::to_string(ledger_.size());
  const auto add = [&](const char* name, std::uint64_t value) {
    body += ",\"" + std::string(name) + "\":" + std::to_string(value);
  };
  add("webhooks_delivered", counts.delivered);
  add("webhooks_retried", counts.retried);
  add("webhooks_refused", counts.refused);
  add("webhooks_given_up", counts.given_up);
  add("webhooks_forged", counts.forged);
  add("webhooks_forged_taken", counts.forged_taken);
  add("webhooks_waiting", webhooks_->waiting());
  body += R"(,"refused":{)";
  for (const auto channel : kChannels) {
    if (channel != kChannels.front()) body += ',';
    body += "\"" + std::string(name_of(channel)) + "\":{";
    for (std::size_t i = 0; i < kReasonNames.size(); ++i) {
      const auto why = static_cast<Refusal::Why>(i + 1);
      body += (i == 0 ? "\"" : ",\"") + std::string(kReasonNames[i]) +
              "\":" + std::to_string(intake_.refused(channel, why));
    }
    body += "}";
  }
  return json_answer(body + "}}");
}

std::string Simulator::change_knobs(std::string_view json) {
  auto wrong = knobs_.merge(json);
  if (wrong.empty()) faults_.reseed();
  return wrong;
}

std::string Simulator::set_knobs(std::string_view json) {
  KnobSet fresh;
  auto wrong = fresh.merge(json);
  if (wrong.empty()) knobs_ = std::move(fresh);
  return wrong;
}

void Simulator::know_token(const std::string& account, const std::string& token) {
  twilio_.know_token(account, token);
}

HttpAnswer Simulator::knobs_answer(const HttpMessage& request) {
  if (request.method() == "PUT") {
    const auto wrong = change_knobs(request.decoded_body());
    if (!wrong.empty()) return problem(400, wrong);
  }
  return json_answer(knobs_.json());
}

HttpAnswer Simulator::handshake_answer(const HttpMessage& request) {
  rapidjson::Document asked;
  WebhookItem item;
  if (parse_json(asked, request.decoded_body())) item.verify_token = text_at(asked, "verify_token");
  if (item.verify_token.empty()) return problem(400, "verify_token is required");
  item.kind = "handshake";
  item.id = std::to_string(1'158'201'444 + log_.records().size());
  return json_answer("{\"webhook\":" + std::to_string(webhooks_->submit(std::move(item))) + "}");
}

HttpAnswer Simulator::inbound_answer(const HttpMessage& request) {
  auto asked = customers_.asked(request.decoded_body(), endpoint().url());
  if (!asked.error.empty()) return problem(400, asked.error);
  std::string ids;
  std::string numbers;
  for (auto& item : asked.items) {
    ids += (ids.empty() ? "" : ",") + quoted_json(item.id);
    numbers += (numbers.empty() ? "" : ",") + std::to_string(submit(std::move(item)));
  }
  return json_answer("{\"ids\":[" + ids + "],\"webhooks\":[" + numbers + "]}");
}

}  // namespace aura::bench
