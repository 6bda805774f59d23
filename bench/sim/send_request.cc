#include "bench/sim/send_request.h"

#include <array>

#include "bench/sim/json_read.h"
#include "bench/sim/send_template.h"

namespace aura::bench {
namespace {

using rapidjson::Value;

constexpr std::size_t kMaxMessengerText = 2000;  // characters, Messenger
constexpr std::size_t kMaxInstagramText = 1000;  // bytes
constexpr std::size_t kMaxMetadata = 1000;       // characters
constexpr std::size_t kMaxQuickReplies = 13;
constexpr std::size_t kMaxQuickReplyTitle = 20;
constexpr std::size_t kMaxQuickReplyPayload = 1000;
constexpr std::size_t kMaxImages = 10;

GraphError read_recipient(const Value& body, AcceptedSend& out) {
  const auto* recipient = member(body, "recipient");
  if (recipient == nullptr || !recipient->IsObject() || recipient->MemberCount() != 1) {
    return bad_parameter("The parameter recipient is required");
  }
  const auto& only = *recipient->MemberBegin();
  constexpr std::array<std::string_view, 5> kKinds{"id", "user_ref", "comment_id", "post_id",
                                                   "notification_messages_token"};
  const std::string_view kind = only.name.GetString();
  out.recipient = text_of(&only.value);
  if (!one_of(kind, kKinds) || out.recipient.empty()) {
    return bad_parameter("No matching user found",
                         out.channel == Channel::instagram ? 2534014 : 2018001);
  }
  if (kind != "id") out.recipient_kind = kind;
  return {};
}

GraphError read_reaction(const Value& body, AcceptedSend& out) {
  const auto* payload = member(body, "payload");
  if (payload == nullptr || text_at(*payload, "message_id").empty()) {
    return bad_parameter("Param payload[message_id] is required");
  }
  out.text = text_at(*payload, "reaction");
  if (out.kind == "react" && out.text.empty()) {
    return bad_parameter("Param payload[reaction] is required");
  }
  out.message = json_text(*payload);
  return {};
}

GraphError read_action(const Value& body, const Value& action, AcceptedSend& out) {
  if (body.HasMember("message") || body.HasMember("messaging_type")) {
    return bad_parameter("sender_action and message cannot be sent together", 2018014);
  }
  constexpr std::array<std::string_view, 3> kActions{"typing_on", "typing_off", "mark_seen"};
  constexpr std::array<std::string_view, 2> kReactions{"react", "unreact"};
  out.kind = text_of(&action);
  if (out.channel == Channel::instagram && one_of(out.kind, kReactions)) {
    return read_reaction(body, out);
  }
  if (!one_of(out.kind, kActions)) {
    return bad_parameter("Param sender_action must be one of typing_on, typing_off, mark_seen");
  }
  if (body.MemberCount() > 2 + (body.HasMember("access_token") ? 1u : 0u) +
                               (body.HasMember("appsecret_proof") ? 1u : 0u)) {
    return bad_parameter("Only recipient may stand beside sender_action", 2018014);
  }
  return {};
}

GraphError read_type(const Value& body, std::string& tag) {
  const auto* type = member(body, "messaging_type");
  if (type == nullptr) return {};  // Meta's default is RESPONSE
  const auto name = text_of(type);
  if (name == "RESPONSE" || name == "UPDATE") return {};
  if (name != "MESSAGE_TAG") return bad_parameter("Param messaging_type is not valid");
  tag = text_at(body, "tag");
  if (tag != "HUMAN_AGENT") return bad_parameter("The message tag is not supported");
  return {};
}

GraphError read_quick_replies(const Value& message, Channel channel) {
  const auto* quick = member(message, "quick_replies");
  if (quick == nullptr) return {};
  if (!quick->IsArray() || quick->Size() > kMaxQuickReplies) {
    return bad_parameter("Param message[quick_replies] has too many elements");
  }
  for (const auto& reply : quick->GetArray()) {
    const auto type = text_at(reply, "content_type");
    const bool asks = type == "user_phone_number" || type == "user_email";
    if (asks && channel == Channel::messenger) continue;
    if (type != "text") return bad_parameter("Param quick_replies[content_type] is not valid");
    const auto title = text_at(reply, "title");
    if (title.empty() || characters(title) > kMaxQuickReplyTitle) {
      return bad_parameter("Param quick_replies[title] must have 1 to 20 characters");
    }
    const auto payload = text_at(reply, "payload");
    if (payload.empty() || characters(payload) > kMaxQuickReplyPayload) {
      return bad_parameter("Param quick_replies[payload] must have 1 to 1000 characters");
    }
  }
  return {};
}

GraphError read_text(const Value& text, AcceptedSend& out) {
  out.text = text_of(&text);
  out.type = "text";
  if (out.text.empty()) return bad_parameter("Param message[text] must be a non-empty string");
  if (out.channel == Channel::instagram && out.text.size() > kMaxInstagramText) {
    return bad_parameter("Length of param message[text] must be at most 1000 bytes", 2534015);
  }
  if (characters(out.text) > kMaxMessengerText) {
    return bad_parameter("Length of param message[text] must be less than or equal to 2000");
  }
  return {};
}

GraphError read_images(const Value& images, AcceptedSend& out) {
  if (!images.IsArray() || images.Empty() || images.Size() > kMaxImages) {
    return bad_parameter("Param message[attachments] must have 1 to 10 images");
  }
  for (const auto& image : images.GetArray()) {
    if (text_at(image, "type") != "image") {
      return bad_parameter("Param message[attachments] takes images only");
    }
    if (auto error = check_attachment(image, out); error.code != 0) return error;
  }
  return {};
}

GraphError read_message(const Value& message, AcceptedSend& out) {
  if (!message.IsObject()) return bad_parameter("Param message must be an object");
  const auto* text = member(message, "text");
  const auto* one = member(message, "attachment");
  const auto* several = member(message, "attachments");
  if ((text != nullptr) + (one != nullptr) + (several != nullptr) != 1) {
    return bad_parameter("Exactly one of text or attachment is required");
  }
  GraphError error;
  if (text != nullptr) error = read_text(*text, out);
  if (one != nullptr) error = check_attachment(*one, out);
  if (several != nullptr) error = read_images(*several, out);
  if (error.code != 0) return error;
  out.metadata = text_at(message, "metadata");
  if (characters(out.metadata) > kMaxMetadata) return bad_parameter("Param metadata is too long");
  error = read_quick_replies(message, out.channel);
  out.message = json_text(message);
  out.kind = "message";
  return error;
}

}  // namespace

GraphError parse_send(std::string_view body, AcceptedSend& out, std::string& proof,
                      std::string* tag) {
  std::array<char, 8192> memory;
  rapidjson::MemoryPoolAllocator<> pool(memory.data(), memory.size());
  rapidjson::Document document(&pool, 1024);
  if (!parse_json(document, body)) return bad_parameter("The body is not a JSON object");
  if (const auto* given = member(document, "appsecret_proof")) proof = text_of(given);
  if (auto error = read_recipient(document, out); error.code != 0) return error;
  if (const auto* action = member(document, "sender_action")) {
    return read_action(document, *action, out);
  }
  std::string own_tag;
  if (auto error = read_type(document, tag == nullptr ? own_tag : *tag); error.code != 0) {
    return error;
  }
  const auto* message = member(document, "message");
  if (message == nullptr) return bad_parameter("One of message or sender_action is required");
  return read_message(*message, out);
}

}  // namespace aura::bench
