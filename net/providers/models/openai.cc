#include "net/providers/models/openai.h"

#include "net/json_out.h"
#include "net/providers/models/model_reply.h"

namespace aura::net::models {
namespace {

// The content is a text, a list of parts, or null.
std::string text_of(JsonView content) {
  if (!content.is_array()) return content.text();
  std::string text;
  for (std::size_t i = 0; i < content.size(); ++i) text += content.at(i).text("text");
  return text;
}

ModelAnswer::Stop stop_of(const std::string& reason, JsonView message) {
  if (reason == "content_filter" || !message.text("refusal").empty())
    return ModelAnswer::Stop::refused;
  // We offer no tools, so a call of one is no answer.
  const bool complete = reason != "length" && reason != "tool_calls" && reason != "function_call";
  return complete ? ModelAnswer::Stop::complete : ModelAnswer::Stop::truncated;
}

ModelUsage usage_of(JsonView usage, std::string_view text) {
  const auto in = usage.integer("prompt_tokens");
  const auto out = usage.integer("completion_tokens");
  if (in && out) return {*in, *out, false};
  return {in.value_or(0), out.value_or(estimated_tokens(text.size())), true};
}

}  // namespace

OpenAiApi::OpenAiApi(Account account) : account_(std::move(account)) {
  if (account_.base_url.empty()) account_.base_url = "https://api.openai.com/v1";
  own_ = account_.base_url.starts_with("https://api.openai.com");
}

ProviderCall OpenAiApi::compose(const ModelRequest& request) const {
  ProviderCall call;
  call.url = endpoint(account_.base_url, "chat/completions");
  call.headers.emplace_back("Content-Type", "application/json");
  if (!account_.api_key.empty())
    call.headers.emplace_back("Authorization", "Bearer " + account_.api_key);
  call.body = json_object([&](JsonWriter& writer) {
    put(writer, "model", account_.model);
    writer.Key("messages");
    writer.StartArray();
    put_message(writer, "system", request.system);
    for (const ModelMessage& message : request.messages) put_message(writer, message);
    writer.EndArray();
    // OpenAI's reasoning models refuse the old name; other servers may not know the new one.
    writer.Key(own_ ? "max_completion_tokens" : "max_tokens");
    writer.Int(request.max_tokens);
  });
  return call;
}

ModelResult OpenAiApi::parse(const ProviderReply& reply) const {
  const LenientJson json(reply.body);
  const JsonView root = json.root();
  const JsonView choice = root.get("choices").at(0);
  if (reply.status != 200 || root.has("error") || !choice.is_object())
    return tl::unexpected(read_error(reply, root));
  const JsonView message = choice.get("message");
  ModelAnswer answer;
  const std::string text = text_of(message.get("content"));
  answer.text = without_thoughts(text);
  answer.stop = stop_of(choice.text("finish_reason"), message);
  answer.usage = usage_of(root.get("usage"), text);
  answer.request_id = request_id(reply, root);
  return answer;
}

}  // namespace aura::net::models
