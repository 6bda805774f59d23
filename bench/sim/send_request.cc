#include "bench/sim/send_request.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>

namespace aura::bench {
namespace {

using rapidjson::Value;

constexpr std::size_t kMaxText = 2000;      // characters
constexpr std::size_t kMaxMetadata = 1000;  // characters
constexpr std::size_t kMaxQuickReplies = 13;

GraphError bad_parameter(std::string message, int subcode = 0) {
  return {400, 100, subcode, false, "(#100) " + std::move(message)};
}

const Value* member(const Value& object, const char* name) {
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

std::string text_of(const Value& value) {
  return value.IsString() ? std::string(value.GetString(), value.GetStringLength()) : std::string{};
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

GraphError read_recipient(const Value& body, AcceptedSend& out) {
  const auto* recipient = member(body, "recipient");
  if (recipient == nullptr || !recipient->IsObject() || recipient->MemberCount() != 1) {
    return bad_parameter("The parameter recipient is required");
  }
  const auto& only = *recipient->MemberBegin();
  constexpr std::array<std::string_view, 5> kKinds{"id", "user_ref", "comment_id", "post_id",
                                                   "notification_messages_token"};
  if (std::find(kKinds.begin(), kKinds.end(), only.name.GetString()) == kKinds.end() ||
      text_of(only.value).empty()) {
    return bad_parameter("No matching user found", 2018001);
  }
  out.recipient = text_of(only.value);
  return {};
}

GraphError read_action(const Value& body, const Value& action, AcceptedSend& out) {
  if (body.HasMember("message") || body.HasMember("messaging_type")) {
    return bad_parameter("sender_action and message cannot be sent together", 2018014);
  }
  constexpr std::array<std::string_view, 3> kActions{"typing_on", "typing_off", "mark_seen"};
  out.kind = text_of(action);
  if (std::find(kActions.begin(), kActions.end(), out.kind) == kActions.end()) {
    return bad_parameter("Param sender_action must be one of typing_on, typing_off, mark_seen");
  }
  return {};
}

GraphError read_type(const Value& body) {
  const auto* type = member(body, "messaging_type");
  if (type == nullptr) return {};  // Meta takes RESPONSE for granted
  const auto name = text_of(*type);
  if (name == "RESPONSE" || name == "UPDATE") return {};
  if (name != "MESSAGE_TAG") return bad_parameter("Param messaging_type is not valid");
  const auto* tag = member(body, "tag");
  if (tag == nullptr || text_of(*tag) != "HUMAN_AGENT") {
    return bad_parameter("The message tag is not supported");
  }
  return {};
}

GraphError read_message(const Value& message, AcceptedSend& out) {
  if (!message.IsObject()) return bad_parameter("Param message must be an object");
  const int contents = message.HasMember("text") + message.HasMember("attachment") +
                       message.HasMember("attachments");
  if (contents != 1) return bad_parameter("Exactly one of text or attachment is required");
  if (const auto* text = member(message, "text")) {
    out.text = text_of(*text);
    if (out.text.empty()) return bad_parameter("Param message[text] must be a non-empty string");
    if (characters(out.text) > kMaxText) {
      return bad_parameter("Length of param message[text] must be less than or equal to 2000");
    }
  }
  if (const auto* metadata = member(message, "metadata")) {
    out.metadata = text_of(*metadata);
    if (characters(out.metadata) > kMaxMetadata) return bad_parameter("Param metadata is too long");
  }
  const auto* quick = member(message, "quick_replies");
  if (quick != nullptr && (!quick->IsArray() || quick->Size() > kMaxQuickReplies)) {
    return bad_parameter("Param message[quick_replies] has too many elements");
  }
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  message.Accept(writer);
  out.message.assign(buffer.GetString(), buffer.GetSize());
  out.kind = "message";
  return {};
}

}  // namespace

GraphError parse_send(std::string_view body, AcceptedSend& out, std::string& proof) {
  std::array<char, 8192> memory;
  rapidjson::MemoryPoolAllocator<> pool(memory.data(), memory.size());
  rapidjson::Document document(&pool, 1024);
  constexpr auto kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  document.Parse<kFlags>(body.data(), body.size());
  if (document.HasParseError() || !document.IsObject()) {
    return bad_parameter("The body is not a JSON object");
  }
  if (const auto* given = member(document, "appsecret_proof")) proof = text_of(*given);
  if (auto error = read_recipient(document, out); error.code != 0) return error;
  if (const auto* action = member(document, "sender_action")) {
    return read_action(document, *action, out);
  }
  if (auto error = read_type(document); error.code != 0) return error;
  const auto* message = member(document, "message");
  if (message == nullptr) return bad_parameter("One of message or sender_action is required");
  return read_message(*message, out);
}

std::string error_json(const GraphError& error, std::uint64_t trace) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.StartObject();
  writer.Key("error");
  writer.StartObject();
  writer.Key("message");
  writer.String(error.message);
  writer.Key("type");
  writer.String("OAuthException");
  writer.Key("code");
  writer.Int(error.code);
  if (error.subcode != 0) {
    writer.Key("error_subcode");
    writer.Int(error.subcode);
  }
  writer.Key("is_transient");
  writer.Bool(error.transient);
  writer.Key("fbtrace_id");
  writer.String("Asim" + std::to_string(trace));
  writer.EndObject();
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace aura::bench
