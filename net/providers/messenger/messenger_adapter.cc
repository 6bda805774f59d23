#include "net/providers/messenger/messenger_adapter.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "net/http.h"
#include "net/providers/messenger/normalise.h"
#include "net/providers/messenger/split_text.h"

namespace aura::net::messenger {
namespace {

constexpr std::size_t kTextUnits = 2000;
constexpr std::size_t kQuickReplies = 13;
constexpr std::size_t kTitleUnits = 20;
constexpr std::size_t kPayloadUnits = 1000;
constexpr Millis kWindow = 24 * 60 * 60 * 1000;

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put(Writer& writer, const char* key, std::string_view value) {
  writer.Key(key);
  writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

std::string object(const std::function<void(Writer&)>& members) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  members(writer);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

void put_recipient(Writer& writer, const std::string& recipient) {
  writer.Key("recipient");
  writer.StartObject();
  put(writer, "id", recipient);
  writer.EndObject();
}

void put_quick_replies(Writer& writer, const std::vector<api::QuickReply>& replies) {
  if (replies.empty()) return;
  writer.Key("quick_replies");
  writer.StartArray();
  for (std::size_t i = 0; i < std::min(replies.size(), kQuickReplies); ++i) {
    const std::string& payload =
        replies[i].payload().empty() ? replies[i].title() : replies[i].payload();
    writer.StartObject();
    put(writer, "content_type", "text");
    put(writer, "title", first_units(replies[i].title(), kTitleUnits));
    put(writer, "payload", first_units(payload, kPayloadUnits));
    writer.EndObject();
  }
  writer.EndArray();
}

// One call's `message`: a text, or an attachment by its address.
struct Part {
  std::string text;
  const api::Attachment* attachment = nullptr;
};

bool sent_by_address(const api::Attachment& attachment) {
  constexpr std::array<std::string_view, 4> kTypes{"image", "audio", "video", "file"};
  return attachment.has_url() &&
         std::find(kTypes.begin(), kTypes.end(), attachment.type()) != kTypes.end();
}

// What Messenger has no outgoing form for goes as text: a place as a map link, the rest as a link.
std::string as_text(const api::Attachment& attachment) {
  std::string out = attachment.title();
  std::string link = attachment.url();
  if (attachment.has_latitude() && attachment.has_longitude()) {
    link = "https://www.google.com/maps?q=" + std::to_string(attachment.latitude()) + "," +
           std::to_string(attachment.longitude());
  }
  if (!out.empty() && !link.empty()) out += "\n";
  return out + link;
}

std::vector<Part> parts_of(const OutboundMessage& message) {
  std::vector<Part> parts;
  for (const std::string_view text : split_text(message.text, kTextUnits)) {
    parts.push_back({std::string(text), nullptr});
  }
  for (const api::Attachment& attachment : message.attachments) {
    if (sent_by_address(attachment)) {
      parts.push_back({{}, &attachment});
      continue;
    }
    const std::string link = as_text(attachment);
    for (const std::string_view text : split_text(link, kTextUnits)) {
      parts.push_back({std::string(text), nullptr});
    }
  }
  return parts;
}

void put_part(Writer& writer, const Part& part) {
  if (part.attachment == nullptr) {
    put(writer, "text", part.text);
    return;
  }
  writer.Key("attachment");
  writer.StartObject();
  put(writer, "type", part.attachment->type());
  writer.Key("payload");
  writer.StartObject();
  put(writer, "url", part.attachment->url());
  writer.Key("is_reusable");
  writer.Bool(false);
  writer.EndObject();
  writer.EndObject();
}

std::string send_body(const OutboundMessage& message, const Part& part, bool first, bool last) {
  return object([&](Writer& writer) {
    put_recipient(writer, message.recipient);
    put(writer, "messaging_type", "RESPONSE");
    writer.Key("message");
    writer.StartObject();
    put_part(writer, part);
    put(writer, "metadata", message.message_id);
    if (last) put_quick_replies(writer, message.quick_replies);
    writer.EndObject();
    if (first && !message.reply_to_external.empty()) {
      writer.Key("reply_to");
      writer.StartObject();
      put(writer, "mid", message.reply_to_external);
      writer.EndObject();
    }
  });
}

}  // namespace

MessengerAdapter::MessengerAdapter(Options options) : options_(std::move(options)) {
  while (options_.graph_url.ends_with('/')) options_.graph_url.pop_back();
  if (!options_.app_secret.empty()) proof_.emplace(options_.app_secret);
}

Normalised MessengerAdapter::normalise(std::string_view payload) const {
  return normalise_item(payload, options_.app_id);
}

ProviderCall MessengerAdapter::call(const api::Credentials& credentials, std::string body) const {
  ProviderCall out;
  out.url = options_.graph_url + "/" + options_.api_version + "/" +
            percent_encode(credentials.page_id()) + "/messages";
  if (proof_) out.url += "?appsecret_proof=" + proof_->sign_hex(credentials.page_access_token());
  out.headers = {{"Authorization", "Bearer " + credentials.page_access_token()},
                 {"Content-Type", "application/json"}};
  out.body = std::move(body);
  return out;
}

std::vector<ProviderCall> MessengerAdapter::compose(const OutboundMessage& message,
                                                    const api::Credentials& credentials) const {
  const std::vector<Part> parts = parts_of(message);
  std::vector<ProviderCall> calls;
  calls.reserve(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    calls.push_back(call(credentials, send_body(message, parts[i], i == 0, i + 1 == parts.size())));
  }
  return calls;
}

std::optional<ProviderCall> MessengerAdapter::compose_typing(
    const std::string& recipient, const api::Credentials& credentials) const {
  return call(credentials, object([&](Writer& writer) {
                put_recipient(writer, recipient);
                put(writer, "sender_action", "typing_on");
              }));
}

Result<std::string> MessengerAdapter::account_of(const api::Credentials& credentials) const {
  if (credentials.page_id().empty()) {
    return fail(Errc::invalid, "A Messenger channel needs page_id, the id of the Facebook Page.",
                "/credentials/page_id");
  }
  if (credentials.page_access_token().empty()) {
    return fail(Errc::invalid,
                "A Messenger channel needs page_access_token, the Page's access token.",
                "/credentials/page_access_token");
  }
  return credentials.page_id();
}

std::optional<Millis> MessengerAdapter::window_length() const { return kWindow; }

}  // namespace aura::net::messenger
