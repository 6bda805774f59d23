#include "bench/sim/model_api.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "bench/sim/graph_error.h"
#include "bench/sim/json_read.h"

namespace aura::bench {
namespace {

constexpr std::string_view kOpenAi = "/v1/chat/completions";
constexpr std::string_view kAnthropic = "/v1/messages";
constexpr std::size_t kCallsKept = 1'000;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

HttpAnswer refuse(int status, std::string_view type, const std::string& message, bool openai) {
  std::string error = R"({"message":)" + quoted_json(message) + R"(,"type":)" + quoted_json(type);
  error += openai ? R"(,"param":null,"code":)" + quoted_json(type) + "}" : "}";
  return json_answer(openai ? R"({"error":)" + error + "}"
                            : R"({"type":"error","error":)" + error + R"(,"request_id":"req_sim"})",
                     status);
}

std::string type_of(int status) {
  switch (status) {
    case 400:
      return "invalid_request_error";
    case 401:
      return "authentication_error";
    case 404:
      return "not_found_error";
    case 429:
      return "rate_limit_error";
    case 529:
      return "overloaded_error";
    default:
      return "api_error";
  }
}

// What the providers check; empty: nothing is wrong.
std::string wrong_in(const rapidjson::Document& asked, bool openai) {
  if (text_at(asked, "model").empty()) return "model: required";
  const auto* messages = member(asked, "messages");
  if (messages == nullptr || !messages->IsArray() || messages->Empty())
    return "messages: at least one";
  std::string before = openai ? "" : "assistant";  // Anthropic: the user begins, then alternately
  for (const auto& message : messages->GetArray()) {
    const std::string role = text_at(message, "role");
    const bool known = role == "user" || role == "assistant" || (openai && role == "system");
    if (!known) return "messages: unknown role";
    if (!openai && role == before) return "messages: roles must alternate";
    if (text_at(message, "content").empty()) return "messages: empty content";
    before = role;
  }
  const auto* bound = member(asked, "max_tokens");
  if (!openai && (bound == nullptr || !bound->IsInt())) return "max_tokens: required";
  return {};
}

std::string last_message(const rapidjson::Document& asked) {
  const auto& messages = *member(asked, "messages");
  return text_at(messages[messages.Size() - 1], "content");
}

// The lines of the shop's items, "i1 Latte | …", that the question names.
std::string grounded(const std::string& prompt) {
  const auto customer = prompt.find("<customer>");
  const auto question = lower(customer == prompt.npos ? prompt : prompt.substr(customer));
  std::string answer;
  for (std::size_t at = 0; at < prompt.size();) {
    const auto end = std::min(prompt.find('\n', at), prompt.size());
    const auto line = prompt.substr(at, end - at);
    at = end + 1;
    const auto space = line.find(' ');
    const auto bar = line.find(" | ");
    if (line.size() < 4 || line[0] != 'i' || std::isdigit(line[1]) == 0 || bar == line.npos ||
        bar <= space)
      continue;
    const auto reference = line.substr(0, space);
    if (question.find(lower(line.substr(space + 1, bar - space - 1))) == question.npos) continue;
    answer += (answer.empty() ? "With pleasure: {{" : " And {{") + reference + ".name}} costs {{" +
              reference + ".price}}.";
  }
  return answer.empty() ? "I do not know that, sorry. {{person}}" : answer;
}

// Obeys whatever the last "say:" of the prompt demands, whoever wrote it.
std::string obedient(const std::string& prompt) {
  const auto order = prompt.rfind("say:");
  if (order == prompt.npos) return grounded(prompt);
  const auto begin = prompt.find_first_not_of(' ', order + 4);
  return begin == prompt.npos ? grounded(prompt)
                              : prompt.substr(begin, prompt.find('\n', begin) - begin);
}

std::string words(const std::string& kind, const std::string& prompt) {
  if (kind == "false_price") return "That costs $1.99, and today you get it half price.";
  if (kind == "unknown_placeholder") return "It is {{i99.price}}.";
  if (kind == "obedient") return obedient(prompt);
  if (kind == "refusal") return "I can't help with that.";
  if (kind == "truncated") return "With pleasure: the";
  return kind == "empty" ? "" : grounded(prompt);
}

std::string completion(const std::string& text, const std::string& kind, std::size_t in,
                       std::uint64_t number) {
  const char* reason = kind == "truncated" ? "length" : "stop";
  const auto out = std::to_string(text.size() / 4 + 1);
  return R"({"id":"chatcmpl-sim)" + std::to_string(number) +
         R"(","object":"chat.completion","created":1790000000,"model":"sim","choices":[{"index":0,)"
         R"("message":{"role":"assistant","content":)" +
         quoted_json(text) + R"(,"refusal":)" +
         (kind == "refusal" ? quoted_json(text) : std::string("null")) +
         R"(},"logprobs":null,"finish_reason":")" + reason + R"("}],"usage":{"prompt_tokens":)" +
         std::to_string(in) + R"(,"completion_tokens":)" + out + R"(,"total_tokens":)" +
         std::to_string(in + text.size() / 4 + 1) + "}}";
}

std::string message(const std::string& text, const std::string& kind, std::size_t in,
                    std::uint64_t number) {
  const char* reason = kind == "truncated" ? "max_tokens"
                       : kind == "refusal" ? "refusal"
                                           : "end_turn";
  return R"({"id":"msg_sim)" + std::to_string(number) +
         R"(","type":"message","role":"assistant","model":"sim","content":[{"type":"text","text":)" +
         quoted_json(text) + R"(}],"stop_reason":")" + reason +
         R"(","stop_sequence":null,"usage":{"input_tokens":)" + std::to_string(in) +
         R"(,"output_tokens":)" + std::to_string(text.size() / 4 + 1) +
         R"(,"cache_creation_input_tokens":0,"cache_read_input_tokens":0}})";
}

}  // namespace

bool ModelApi::is_own(std::string_view target) {
  const auto path = target.substr(0, target.find('?'));
  return path == kOpenAi || path == kAnthropic;
}

HttpAnswer ModelApi::handle(const HttpMessage& request) {
  const bool openai = request.target().starts_with(kOpenAi);
  const auto body = request.decoded_body();
  HttpAnswer out;
  if (faults_.happens(faults_.of_model().reset_rate))
    out.fate = HttpAnswer::Fate::reset;
  else
    out = answer(request, body, openai);
  out.delay = faults_.latency(faults_.of_model());
  if (faults_.happens(faults_.of_model().drop_after_accept_rate))
    out.fate = HttpAnswer::Fate::close_silently;
  calls_.push_back({clock_(), std::string(request.target()), body, out.body, out.status});
  if (calls_.size() > kCallsKept) calls_.pop_front();
  return out;
}

HttpAnswer ModelApi::answer(const HttpMessage& request, const std::string& body, bool openai) {
  const auto& knobs = faults_.of_model();
  const bool no_key = !openai && (request.header("x-api-key").value_or("").empty() ||
                                  request.header("anthropic-version").value_or("").empty());
  if (knobs.expired_token || no_key)
    return refuse(401, openai ? "invalid_api_key" : "authentication_error", "no such key", openai);
  if (faults_.happens(knobs.rate_429)) {
    auto out = refuse(429, openai ? "rate_limit_exceeded" : "rate_limit_error", "slower", openai);
    if (knobs.retry_after_seconds > 0)
      out.extra_headers = "Retry-After: " + std::to_string(knobs.retry_after_seconds) + "\r\n";
    return out;
  }
  if (faults_.happens(knobs.error_rate))
    return refuse(knobs.error_status, type_of(knobs.error_status), knobs.error_message, openai);
  rapidjson::Document asked;
  if (!parse_json(asked, body)) return refuse(400, "invalid_request_error", "not JSON", openai);
  if (const auto wrong = wrong_in(asked, openai); !wrong.empty())
    return refuse(400, "invalid_request_error", wrong, openai);
  const auto& kind = knobs.model_answer;
  if (kind == "garbage") return json_answer("<html>{\"choices\": oops");
  const auto text = words(kind, last_message(asked));
  const auto number = ++next_;
  auto out = json_answer(openai ? completion(text, kind, body.size() / 4, number)
                                : message(text, kind, body.size() / 4, number));
  out.extra_headers =
      (openai ? "x-request-id: req_sim" : "request-id: req_sim") + std::to_string(number) + "\r\n";
  return out;
}

std::string ModelApi::json() const {
  std::string out = R"({"calls":[)";
  for (const Call& call : calls_) {
    if (out.back() != '[') out += ',';
    out += R"({"at_ms":)" + std::to_string(call.at_ms) + R"(,"path":)" + quoted_json(call.path) +
           R"(,"request":)" + quoted_json(call.request) + R"(,"answer":)" +
           quoted_json(call.answer) + R"(,"status":)" + std::to_string(call.status) + "}";
  }
  return out + "]}";
}

}  // namespace aura::bench
