#include "bench/sim/graph_api.h"

#include "bench/sim/send_request.h"

namespace aura::bench {
namespace {

std::int64_t wall_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

HttpAnswer refuse(const GraphError& error) {
  static std::uint64_t trace = 0;
  HttpAnswer answer;
  answer.status = error.status;
  answer.body = error_json(error, ++trace);
  return answer;
}

HttpAnswer json(std::string body) {
  HttpAnswer answer;
  answer.body = std::move(body);
  return answer;
}

HttpAnswer unknown_path() { return refuse({404, 2500, 0, false, "Unknown path components"}); }

// Splits "/v25.0/123/messages?…" into node and edge; a missing version is Meta's default version.
void split_path(std::string_view target, std::string_view& node, std::string_view& edge) {
  auto path = target.substr(0, target.find('?'));
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  if (path.size() > 1 && path[0] == 'v' && path[1] >= '0' && path[1] <= '9') {
    const auto slash = path.find('/');
    path = slash == path.npos ? std::string_view{} : path.substr(slash + 1);
  }
  node = path.substr(0, path.find('/'));
  edge = node.size() == path.size() ? std::string_view{} : path.substr(node.size() + 1);
  if (!edge.empty() && edge.back() == '/') edge.remove_suffix(1);
}

std::string token_of(const HttpMessage& request) {
  if (const auto header = request.header("Authorization")) {
    if (header->starts_with("Bearer ")) return std::string(header->substr(7));
    if (header->starts_with("OAuth ")) return std::string(header->substr(6));
  }
  return query_value(request.target(), "access_token").value_or("");
}

}  // namespace

GraphApi::GraphApi(const Knobs& knobs, Ledger& ledger, std::string app_secret, Accepted accepted)
    : knobs_(knobs),
      ledger_(ledger),
      app_secret_(std::move(app_secret)),
      signer_(app_secret_),
      accepted_(std::move(accepted)),
      random_(knobs.seed),
      process_tag_(static_cast<std::uint64_t>(wall_ms())) {}

HttpAnswer GraphApi::handle(const HttpMessage& request) {
  Call call{request, {}, {}, token_of(request)};
  split_path(request.target(), call.node, call.edge);
  if (happens(knobs_.reset_rate)) {
    HttpAnswer answer;
    answer.fate = HttpAnswer::Fate::reset;
    return answer;
  }
  auto answer = check_caller(call);
  if (answer.status == 200) {
    const bool sends = request.method() == "POST" && call.edge == "messages";
    answer = sends ? send(call) : read_edge(call);
  }
  delay(answer);
  add_usage(answer, page_of(call));
  return answer;
}

const std::string& GraphApi::proof_of(const std::string& token) {
  auto& proof = proofs_[token];
  if (proof.empty()) {
    const auto digits = signer_.hex(token);
    proof.assign(digits.data(), digits.size());
  }
  return proof;
}

std::string GraphApi::page_of(const Call& call) const {
  if (call.node != "me") return std::string(call.node);
  for (const auto& [page, token] : knobs_.tokens) {
    if (token == call.token) return page;
  }
  return "me";
}

HttpAnswer GraphApi::check_caller(Call& call) {
  if (call.token.empty()) {
    return refuse(
        {400, 2500, 0, false, "An active access token must be used to query this object"});
  }
  if (knobs_.expired_token) {
    return refuse({401, 190, 463, false, "Error validating access token: session has expired"});
  }
  const auto known = knobs_.tokens.find(std::string(call.node));
  if (known != knobs_.tokens.end() && known->second != call.token) {
    return refuse({401, 190, 0, false, "Invalid OAuth access token"});
  }
  if (call.node == "me" && !knobs_.tokens.empty() && page_of(call) == "me") {
    return refuse({401, 190, 0, false, "Invalid OAuth access token"});
  }
  return {};
}

HttpAnswer GraphApi::send(const Call& call) {
  AcceptedSend entry;
  auto proof = query_value(call.request.target(), "appsecret_proof").value_or("");
  const auto body = call.request.chunked ? call.request.decoded_body() : std::string();
  const auto error =
      parse_send(call.request.chunked ? std::string_view(body) : call.request.body, entry, proof);
  if (proof.empty() && knobs_.require_appsecret_proof) {
    return refuse({400, 100, 0, false,
                   "(#100) API calls from the server require an appsecret_proof argument"});
  }
  if (!proof.empty() && !app_secret_.empty() && proof != proof_of(call.token)) {
    return refuse({400, 100, 0, false, "(#100) Invalid appsecret_proof provided"});
  }
  if (error.code != 0) return refuse(error);
  if (happens(knobs_.rate_429)) {
    auto answer =
        refuse({429, 613, 0, false, "(#613) Calls to this api have exceeded the rate limit"});
    answer.extra_headers = "Retry-After: " + std::to_string(knobs_.retry_after_seconds) + "\r\n";
    return answer;
  }
  if (happens(knobs_.error_rate)) {
    return refuse({knobs_.error_status, knobs_.error_code, knobs_.error_subcode,
                   knobs_.error_transient, knobs_.error_message});
  }
  return accept(call, std::move(entry));
}

HttpAnswer GraphApi::accept(const Call& call, AcceptedSend entry) {
  entry.time_ms = wall_ms();
  entry.page_id = page_of(call);
  entry.answered = !happens(knobs_.drop_after_accept_rate);
  const bool is_message = entry.kind == "message";
  if (is_message) {
    entry.message_id =
        "m_sim" + std::to_string(process_tag_) + "_" + std::to_string(++next_message_);
  }
  const auto& kept = ledger_.append(std::move(entry));
  HttpAnswer answer = json("{\"recipient_id\":\"" + kept.recipient + "\"");
  if (is_message) answer.body += ",\"message_id\":\"" + kept.message_id + "\"";
  answer.body += "}";
  if (!kept.answered) answer.fate = HttpAnswer::Fate::close_silently;
  accepted_(kept);
  return answer;
}

HttpAnswer GraphApi::read_edge(const Call& call) const {
  const auto method = call.request.method();
  if (call.edge == "subscribed_apps") {
    if (method != "GET") return json(R"({"success":true})");
    return json(R"({"data":[{"id":"900100","name":"Aura","subscribed_fields":["messages",)"
                R"("message_echoes","message_deliveries","message_reads","message_reactions",)"
                R"("messaging_postbacks","messaging_referrals","messaging_optins"]}]})");
  }
  if (method != "GET") return unknown_path();
  if (call.node == "debug_token") {
    return json(R"({"data":{"app_id":"900100","type":"PAGE","is_valid":true,"expires_at":0,)"
                R"("data_access_expires_at":0,"scopes":["pages_messaging",)"
                R"("pages_manage_metadata"],"user_id":"800100"}})");
  }
  if (call.edge == "accounts") {
    std::string body = R"({"data":[)";
    for (const auto& [page, token] : knobs_.tokens) {
      if (body.back() == '}') body += ',';
      body += R"({"id":")" + page + R"(","name":"Page )" + page + R"(","access_token":")" + token +
              R"(","tasks":["MODERATE","MESSAGING"]})";
    }
    return json(body + "]}");
  }
  if (!call.edge.empty() || call.node.empty()) return unknown_path();
  const std::string id(call.node);
  return json(R"({"id":")" + id + R"(","name":"Person )" + id.substr(id.size() / 2) +
              R"(","first_name":"Person","last_name":")" + id.substr(id.size() / 2) +
              R"(","profile_pic":"https://cdn.example.test/p.jpg"})");
}

void GraphApi::delay(HttpAnswer& answer) {
  double wait = knobs_.latency_min_ms;
  if (happens(knobs_.latency_tail_rate)) {
    wait = knobs_.latency_tail_ms;
  } else if (knobs_.latency_max_ms > knobs_.latency_min_ms) {
    wait += chance_(random_) * (knobs_.latency_max_ms - knobs_.latency_min_ms);
  }
  answer.delay = std::chrono::milliseconds(static_cast<std::int64_t>(wait));
}

void GraphApi::add_usage(HttpAnswer& answer, std::string_view page) const {
  if (knobs_.app_usage_percent >= 0) {
    const auto percent = std::to_string(knobs_.app_usage_percent);
    answer.extra_headers += "X-App-Usage: {\"call_count\":" + percent +
                            ",\"total_time\":" + percent + ",\"total_cputime\":" + percent +
                            "}\r\n";
  }
  if (knobs_.business_usage_percent >= 0) {
    answer.extra_headers += "X-Business-Use-Case-Usage: {\"" + std::string(page) +
                            "\":[{\"type\":\"messenger\",\"call_count\":" +
                            std::to_string(knobs_.business_usage_percent) +
                            ",\"total_cputime\":1,\"total_time\":1,"
                            "\"estimated_time_to_regain_access\":" +
                            std::to_string(knobs_.regain_minutes) + "}]}\r\n";
  }
}

}  // namespace aura::bench
