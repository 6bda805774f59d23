#include "net/chat/chat_frames.h"

#include <algorithm>

#include "config/limits.h"
#include "net/api/validate_text.h"
#include "runtime/media_ref.h"
#include "runtime/trimmed.h"
#include "runtime/utf8.h"

namespace aura::net {
namespace {

constexpr std::size_t kChatPayloadChars = 1000;
constexpr std::size_t kUserIdChars = 200;

constexpr std::string_view kBlanks = " \t\r\n\v\f";

bool holds(std::string_view text, std::size_t least, std::size_t most) {
  const std::size_t chars = count_chars(text);
  return chars >= least && chars <= most && text.find('\0') == std::string_view::npos;
}

// Reads [{"upload_id"}, …]. The engine checks that the files exist and belong to this visitor.
std::optional<std::vector<std::string>> read_uploads(const rapidjson::Value& frame) {
  std::vector<std::string> uploads;
  const auto member = frame.FindMember("attachments");
  if (member == frame.MemberEnd()) return uploads;
  if (!member->value.IsArray() || member->value.Size() > limits::kMessageAttachments)
    return std::nullopt;
  for (const auto& entry : member->value.GetArray()) {
    const std::string_view id = entry.IsObject() ? text_member(entry, "upload_id") : "";
    if (!parse_media(id)) return std::nullopt;
    uploads.emplace_back(id);
  }
  return uploads;
}

tl::unexpected<Error> wrong(std::string what) { return fail(Errc::invalid, std::move(what)); }

std::string up_to(std::size_t most) { return std::to_string(most) + " characters."; }

}  // namespace

std::string_view text_member(const rapidjson::Value& frame, const char* name) {
  const auto member = frame.FindMember(name);
  if (member == frame.MemberEnd() || !member->value.IsString()) return {};
  return {member->value.GetString(), member->value.GetStringLength()};
}

bool is_client_id(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  return !text.empty() && text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

Result<ChatMessage> read_message_frame(const rapidjson::Value& frame) {
  ChatMessage message;
  message.client_id = text_member(frame, "client_id");
  message.text = trimmed(text_member(frame, "text"), kBlanks);
  message.payload = text_member(frame, "payload");
  auto uploads = read_uploads(frame);
  if (!uploads)
    return wrong("attachments must be at most " + std::to_string(limits::kMessageAttachments) +
                 " objects with an upload_id.");
  message.uploads = std::move(*uploads);
  if (!holds(message.text, message.uploads.empty() ? 1 : 0, limits::kChatTextChars))
    return wrong("text must have 1 to " + up_to(limits::kChatTextChars));
  if (!holds(message.payload, 0, kChatPayloadChars))
    return wrong("payload must have at most " + up_to(kChatPayloadChars));
  return message;
}

// Only the id is signed. The business sees name and email, but nothing trusts them, so an invalid
// one is ignored instead of refused.
Result<ChatIdentity> read_identify_frame(const rapidjson::Value& frame) {
  ChatIdentity identity;
  identity.id = text_member(frame, "id");
  identity.signature = text_member(frame, "signature");
  if (!holds(identity.id, 1, kUserIdChars))
    return wrong("id must be a text of 1 to " + up_to(kUserIdChars));
  if (identity.signature.empty()) return wrong("signature is missing.");
  identity.name = trimmed(text_member(frame, "name"), kBlanks);
  if (!holds(identity.name, 0, limits::kNameChars)) identity.name.clear();
  identity.email = trimmed(text_member(frame, "email"), kBlanks);
  if (!is_email(identity.email)) identity.email.clear();
  return identity;
}

Result<std::vector<Id>> read_items_frame(const rapidjson::Value& frame) {
  constexpr rapidjson::SizeType kMost = 20;
  const auto member = frame.FindMember("ids");
  if (member == frame.MemberEnd() || !member->value.IsArray() || member->value.Empty() ||
      member->value.Size() > kMost)
    return wrong("ids must be a list of 1 to " + std::to_string(kMost) + " ids of items.");
  std::vector<Id> ids;
  for (const auto& value : member->value.GetArray()) {
    const auto id =
        value.IsString()
            ? parse_id(IdType::item, std::string_view(value.GetString(), value.GetStringLength()))
            : std::nullopt;
    if (!id) return wrong("ids must be ids of items.");
    ids.push_back(*id);
  }
  return ids;
}

}  // namespace aura::net
