#include "net/providers/models/anthropic.h"

#include "net/json_out.h"
#include "net/providers/models/model_reply.h"

namespace aura::net::models {
namespace {

constexpr const char* kVersion = "2023-06-01";

// Blocks of other types (thoughts, for example) are no part of the answer.
std::string text_of(JsonView content) {
  std::string text;
  for (std::size_t i = 0; i < content.size(); ++i)
    if (content.at(i).text("type") == "text") text += content.at(i).text("text");
  return text;
}

ModelAnswer::Stop stop_of(const std::string& reason) {
  if (reason == "refusal") return ModelAnswer::Stop::refused;
  const bool complete = reason == "end_turn" || reason == "stop_sequence";
  return complete ? ModelAnswer::Stop::complete : ModelAnswer::Stop::truncated;
}

ModelUsage usage_of(JsonView usage, std::string_view text) {
  const auto in = usage.integer("input_tokens");
  const auto out = usage.integer("output_tokens");
  const auto cached = usage.integer("cache_creation_input_tokens").value_or(0) +
                      usage.integer("cache_read_input_tokens").value_or(0);
  if (in && out) return {*in + cached, *out, false};
  return {in.value_or(0) + cached, out.value_or(estimated_tokens(text.size())), true};
}

}  // namespace

AnthropicApi::AnthropicApi(Account account) : account_(std::move(account)) {
  if (account_.base_url.empty()) account_.base_url = "https://api.anthropic.com/v1";
}

ProviderCall AnthropicApi::compose(const ModelRequest& request) const {
  ProviderCall call;
  call.url = endpoint(account_.base_url, "messages");
  call.headers.emplace_back("Content-Type", "application/json");
  call.headers.emplace_back("anthropic-version", kVersion);
  if (!account_.api_key.empty()) call.headers.emplace_back("x-api-key", account_.api_key);
  call.body = json_object([&](JsonWriter& writer) {
    put(writer, "model", account_.model);
    writer.Key("max_tokens");
    writer.Int(request.max_tokens);
    put(writer, "system", request.system);
    put_array(writer, "messages", request.messages,
              [&](const ModelMessage& message) { put_message(writer, message); });
  });
  return call;
}

ModelResult AnthropicApi::parse(const ProviderReply& reply) const {
  const LenientJson json(reply.body);
  const JsonView root = json.root();
  if (reply.status != 200 || root.has("error") || !root.get("content").is_array())
    return tl::unexpected(read_error(reply, root));
  ModelAnswer answer;
  const std::string text = text_of(root.get("content"));
  answer.text = without_thoughts(text);
  answer.stop = stop_of(root.text("stop_reason"));
  answer.usage = usage_of(root.get("usage"), text);
  answer.request_id = request_id(reply, root);
  return answer;
}

}  // namespace aura::net::models
