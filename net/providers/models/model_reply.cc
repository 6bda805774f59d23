#include "net/providers/models/model_reply.h"

#include <algorithm>
#include <charconv>

#include "net/providers/reply_headers.h"
#include "runtime/trimmed.h"

namespace aura::net::models {
namespace {

using Kind = ModelError::Kind;
using std::chrono::milliseconds;

std::optional<milliseconds> wait_of(const ProviderReply& reply) {
  const std::string_view exact = header_of(reply, "retry-after-ms");
  std::int64_t ms = 0;
  const auto [end, error] = std::from_chars(exact.data(), exact.data() + exact.size(), ms);
  if (error == std::errc() && end == exact.data() + exact.size() && ms >= 0)
    return milliseconds(ms);
  if (const auto wait = retry_after(reply)) return milliseconds(*wait);
  return std::nullopt;
}

// A provider's word for the log: short, and nothing but a word.
std::string word(std::string text) {
  constexpr std::size_t kLongest = 40;
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return text.size() <= kLongest && std::ranges::all_of(text, plain) ? std::move(text)
                                                                     : std::string();
}

// OpenAI's code says more than its type; Anthropic has a type only.
std::string reason_of(JsonView body) {
  const JsonView error = body.get("error");
  for (const JsonView& holder : {error, body}) {
    for (const char* key : {"code", "type"}) {
      const std::string found = word(holder.text(key));
      const bool status = !found.empty() && found.find_first_not_of("0123456789") == found.npos;
      if (!found.empty() && !status && found != "error") return found;
    }
  }
  return {};
}

bool is_about_content(std::string_view reason) {
  return reason == "context_length_exceeded" || reason == "content_filter" ||
         reason == "content_policy_violation";
}

Kind kind_of(int status, std::string_view reason) {
  if (is_about_content(reason)) return Kind::refused;
  if (reason == "insufficient_quota" || reason == "model_not_found") return Kind::broken;
  switch (status) {
    case 401:
    case 402:
    case 403:
    case 404:
      return Kind::broken;
    case 408:
    case 409:
      return Kind::temporary;
    case 413:
      return Kind::refused;
    case 429:
    case 503:
    case 529:
      return Kind::busy;
    default:
      break;
  }
  return status >= 400 && status < 500 ? Kind::broken : Kind::temporary;
}

}  // namespace

std::string endpoint(const std::string& base_url, std::string_view path) {
  const std::size_t host = base_url.find("://") + 3;
  const bool bare = base_url.find('/', host) == std::string::npos;
  return base_url + (bare ? "/v1/" : "/") + std::string(path);
}

void put_message(JsonWriter& writer, std::string_view role, std::string_view text) {
  writer.StartObject();
  put(writer, "role", role);
  put(writer, "content", text);
  writer.EndObject();
}

void put_message(JsonWriter& writer, const ModelMessage& message) {
  put_message(writer, message.role == ModelMessage::Role::user ? "user" : "assistant",
              message.text);
}

std::string request_id(const ProviderReply& reply, JsonView body) {
  constexpr std::size_t kLongest = 100;
  std::string id(header_of(reply, "request-id"));
  if (id.empty()) id = header_of(reply, "x-request-id");
  if (id.empty()) id = body.text("request_id");
  if (id.empty()) id = body.text("id");
  if (id.size() > kLongest) id.resize(kLongest);
  return id;
}

ModelError read_error(const ProviderReply& reply, JsonView body) {
  if (reply.status == 0) {
    const bool late = reply.error == Errc::timeout && reply.maybe_sent;
    return {late ? Kind::timeout : Kind::temporary, to_string(reply.error), {}, !late, {}};
  }
  ModelError error;
  error.reason = reason_of(body);
  error.kind = kind_of(reply.status, error.reason);
  error.request_id = request_id(reply, body);
  const bool no_error = reply.status == 200 && !body.has("error");
  if (error.reason.empty())
    error.reason = no_error ? "unreadable" : "http_" + std::to_string(reply.status);
  error.retry = error.kind == Kind::temporary || error.kind == Kind::busy;
  const std::string_view told = header_of(reply, "x-should-retry");
  if (told == "true") error.retry = true;
  if (told == "false") error.retry = false;
  error.retry_after = wait_of(reply);
  return error;
}

std::string without_thoughts(std::string_view text) {
  constexpr std::string_view kBegin = "<think>";
  constexpr std::string_view kEnd = "</think>";
  const std::size_t end = text.rfind(kEnd);  // some servers leave out where they begin
  if (end != text.npos) text.remove_prefix(end + kEnd.size());
  text = text.substr(0, text.find(kBegin));  // they did not end
  return std::string(trimmed(text));
}

std::int64_t estimated_tokens(std::size_t bytes) {
  return static_cast<std::int64_t>((bytes + 3) / 4);
}

}  // namespace aura::net::models
