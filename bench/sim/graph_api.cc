#include "bench/sim/graph_api.h"

#include "bench/sim/json_read.h"
#include "bench/sim/send_request.h"

namespace aura::bench {
namespace {

// The ids of Instagram's professional accounts begin with this.
constexpr std::string_view kInstagramIds = "178414";
constexpr std::size_t kMaxProofs = 100'000;

GraphError invalid_token() { return {401, 190, 0, false, "Invalid OAuth access token", {}}; }

GraphError refused_error(const Refusal& refusal, Channel channel, const Knobs& knobs) {
  const bool instagram = channel == Channel::instagram;
  switch (refusal.why) {
    case Refusal::Why::none:
      return {};
    case Refusal::Why::throttled:
    case Refusal::Why::account_rate:
    case Refusal::Why::pair_rate:
      return {429, 613, 0, false, "(#613) Calls to this api have exceeded the rate limit", {}};
    case Refusal::Why::failing:
      return {knobs.error_status,  knobs.error_code == 0 ? 2 : knobs.error_code,
              knobs.error_subcode, knobs.error_transient,
              knobs.error_message, {}};
    case Refusal::Why::recipient:
      return error_named(refusal.code);
    case Refusal::Why::window:
      return {400,
              10,
              instagram ? 2534022 : 2018278,
              false,
              "(#10) This message is sent outside of allowed window.",
              {}};
  }
  return {};
}

}  // namespace

GraphApi::GraphApi(Intake& intake, MediaStore& media, MetaApp app)
    : intake_(intake),
      media_(media),
      app_secret_(app.secret),
      signer_(app.secret),
      login_(intake.faults(), intake.clock(), app),
      accounts_(intake.faults(), app.id),
      whatsapp_(intake, media) {}

void GraphApi::clear() {
  accounts_.clear();
  whatsapp_.clear();
}

HttpAnswer GraphApi::handle(const HttpMessage& request) {
  const auto call = graph_call(request);
  const auto channel = channel_of(call);
  const auto account = account_of(call, channel);
  auto& faults = intake_.faults();
  if (faults.happens(faults.of(channel).reset_rate)) {
    HttpAnswer broken;
    broken.fate = HttpAnswer::Fate::reset;
    return broken;
  }
  auto out = answer(call, channel, account);
  out.delay = faults.latency(channel);
  add_usage(out, channel, account);
  return out;
}

HttpAnswer GraphApi::answer(const GraphCall& call, Channel channel, const std::string& account) {
  if (auto done = login_.handle(call)) return std::move(*done);
  // WhatsApp's error code for a call without a token is 0.
  if (call.token.empty() && channel == Channel::whatsapp) {
    return refuse({401, 0, 0, false, "Authentication Error", "no access token"});
  }
  if (const auto error = check_caller(call, channel); error.code != 0) return refuse(error);
  if (channel == Channel::whatsapp) {
    const auto error = check_proof(call, channel, "");
    if (error.code != 0 && call.edge == "messages") return refuse(error);
    if (auto done = whatsapp_.handle(call)) return std::move(*done);
  } else if (call.edge == "messages" && call.request.method() == "POST") {
    return send(call, channel, account);
  }
  return accounts_.handle(call, channel, account);
}

Channel GraphApi::channel_of(const GraphCall& call) const {
  if (call.host.ends_with("instagram.com")) return Channel::instagram;
  if (WhatsAppApi::is_own(call, media_)) return Channel::whatsapp;
  const auto& faults = intake_.faults();
  const std::string node(call.node);
  // If only one channel's knobs name a token for this id, the id belongs to that channel.
  for (const auto channel : {Channel::whatsapp, Channel::instagram}) {
    if (faults.of(channel).tokens.contains(node) &&
        !faults.of(Channel::messenger).tokens.contains(node)) {
      return channel;
    }
  }
  if (call.node.starts_with(kInstagramIds) || call.token.starts_with("IG") ||
      call.node == "refresh_access_token") {
    return Channel::instagram;
  }
  return Channel::messenger;
}

std::string GraphApi::account_of(const GraphCall& call, Channel channel) const {
  if (call.node != "me") return std::string(call.node);
  for (const auto& [account, token] : intake_.faults().of(channel).tokens) {
    if (token == call.token) return account;
  }
  if (channel == Channel::instagram && login_.issued(call.token)) {
    return MetaLogin::kInstagramAccount;
  }
  return "me";
}

const std::string& GraphApi::proof_of(const std::string& token) {
  if (proofs_.size() > kMaxProofs) proofs_.clear();
  auto& proof = proofs_[token];
  if (proof.empty()) {
    const auto digits = signer_.hex(token);
    proof.assign(digits.data(), digits.size());
  }
  return proof;
}

GraphError GraphApi::check_caller(const GraphCall& call, Channel channel) const {
  const auto& knobs = intake_.faults().of(channel);
  if (call.token.empty()) {
    return {400, 2500, 0, false, "An active access token must be used to query this object", {}};
  }
  if (knobs.expired_token) {
    return {401, 190, 463, false, "Error validating access token: session has expired", {}};
  }
  if (auto error = login_.dead(call.token); error.code != 0) return error;
  const auto known = knobs.tokens.find(std::string(call.node));
  if (known != knobs.tokens.end() && known->second != call.token) return invalid_token();
  if (call.node == "me" && call.edge == "messages" && !knobs.tokens.empty() &&
      account_of(call, channel) == "me") {
    return invalid_token();
  }
  return {};
}

GraphError GraphApi::check_proof(const GraphCall& call, Channel channel,
                                 const std::string& in_body) {
  // graph.instagram.com takes no appsecret_proof: its tokens are not those of the Meta app.
  if (call.host == "graph.instagram.com") return {};
  auto proof = query_value(call.request.target(), "appsecret_proof").value_or(in_body);
  if (proof.empty() && intake_.faults().of(channel).require_appsecret_proof) {
    return {
        400, 100, 0, false, "(#100) API calls from the server require an appsecret_proof argument",
        {}};
  }
  if (!proof.empty() && !app_secret_.empty() && proof != proof_of(call.token)) {
    return {400, 100, 0, false, "(#100) Invalid appsecret_proof provided", {}};
  }
  return {};
}

HttpAnswer GraphApi::send(const GraphCall& call, Channel channel, const std::string& account) {
  AcceptedSend entry;
  entry.channel = channel;
  entry.page_id = account;
  std::string proof;
  std::string tag;
  const auto error = parse_send(call.body, entry, proof, &tag);
  if (const auto wrong = check_proof(call, channel, proof); wrong.code != 0) return refuse(wrong);
  if (error.code != 0) return refuse(error);
  const auto& knobs = intake_.faults().of(channel);
  const auto refusal = intake_.refuses(entry, tag == "HUMAN_AGENT");
  const auto refused = refused_error(refusal, channel, knobs);
  if (refused.code == 0) return accept(std::move(entry));
  auto out = refuse(refused);
  out.extra_headers = intake_.retry_after(refusal, channel);
  return out;
}

HttpAnswer GraphApi::accept(AcceptedSend entry) {
  const auto& kept = intake_.record(std::move(entry));
  auto out = json_answer("{\"recipient_id\":" + quoted_json(kept.person));
  if (!kept.message_id.empty()) out.body += ",\"message_id\":\"" + kept.message_id + "\"";
  out.body += "}";
  if (!kept.answered) out.fate = HttpAnswer::Fate::close_silently;
  return out;
}

void GraphApi::add_usage(HttpAnswer& out, Channel channel, std::string_view account) const {
  const auto& knobs = intake_.faults().of(channel);
  if (knobs.app_usage_percent >= 0) {
    const auto percent = std::to_string(knobs.app_usage_percent);
    out.extra_headers += "X-App-Usage: {\"call_count\":" + percent + ",\"total_time\":" + percent +
                         ",\"total_cputime\":" + percent + "}\r\n";
  }
  if (knobs.business_usage_percent >= 0) {
    out.extra_headers += "X-Business-Use-Case-Usage: {\"" + std::string(account) +
                         "\":[{\"type\":\"" + std::string(name_of(channel)) +
                         "\",\"call_count\":" + std::to_string(knobs.business_usage_percent) +
                         ",\"total_cputime\":1,\"total_time\":1,"
                         "\"estimated_time_to_regain_access\":" +
                         std::to_string(knobs.regain_minutes) + "}]}\r\n";
  }
}

}  // namespace aura::bench
