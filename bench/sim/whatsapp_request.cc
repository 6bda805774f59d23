#include "bench/sim/whatsapp_request.h"

#include <array>

#include "bench/sim/json_read.h"

namespace aura::bench {
namespace {

using rapidjson::Value;

constexpr std::size_t kMaxWhatsAppText = 4096;  // characters
constexpr std::size_t kMaxCaption = 1024;       // characters
constexpr std::size_t kMaxBsuid = 128;          // after the country prefix

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

// "+15557654321", "1 555 765-4321": the digits, without the punctuation that WhatsApp ignores.
std::string digits_of(const std::string& phone) {
  std::string out;
  for (const char c : phone) {
    if (std::string_view(" -()+.").find(c) == std::string_view::npos) out += c;
  }
  return out;
}

// <ISO country>.<up to 128 alphanumerics>, or <ISO country>.ENT.<…>.
bool is_bsuid(std::string_view id) {
  if (id.size() < 4 || id[2] != '.') return false;
  auto rest = id.substr(3);
  if (rest.starts_with("ENT.")) rest.remove_prefix(4);
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto plain = [&](char c) {
    return upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  return upper(id[0]) && upper(id[1]) && !rest.empty() && rest.size() <= kMaxBsuid &&
         std::all_of(rest.begin(), rest.end(), plain);
}

GraphError read_whatsapp_recipient(const Value& body, AcceptedSend& out) {
  const auto to = text_at(body, "to");
  const auto bsuid = text_at(body, "recipient");
  const auto recipient_type = text_at(body, "recipient_type");
  if (recipient_type == "group") {
    out.recipient = to;
    out.recipient_kind = "group";
    return to.empty() ? whatsapp_missing("to") : GraphError{};
  }
  if (!recipient_type.empty() && recipient_type != "individual") {
    return whatsapp_invalid("recipient_type", "individual or group");
  }
  if (to.empty() && bsuid.empty()) return whatsapp_missing("to");
  if (!to.empty()) {
    out.recipient = digits_of(to);
    const bool fits =
        is_digits(out.recipient) && out.recipient.size() >= 7 && out.recipient.size() <= 15;
    return fits ? GraphError{} : whatsapp_invalid("to", "a phone number with country code");
  }
  out.recipient = bsuid;
  out.recipient_kind = "user_id";
  return is_bsuid(bsuid) ? GraphError{} : whatsapp_invalid("recipient", "a business-scoped id");
}

// {"status":"read","message_id":…,"typing_indicator":{"type":"text"}}
GraphError read_mark(const Value& body, AcceptedSend& out) {
  if (text_at(body, "status") != "read") return whatsapp_invalid("status", "read");
  out.recipient = text_at(body, "message_id");
  out.recipient_kind = "message_id";
  out.kind = "mark_seen";
  if (out.recipient.empty()) return whatsapp_missing("message_id");
  if (const auto* typing = member(body, "typing_indicator")) {
    out.kind = "typing_on";
    if (text_at(*typing, "type") != "text") {
      return whatsapp_invalid("typing_indicator.type", "text");
    }
  }
  return {};
}

GraphError check_text(const Value& text, AcceptedSend& out) {
  out.text = text_at(text, "body");
  if (out.text.empty()) return whatsapp_missing("text.body");
  if (characters(out.text) > kMaxWhatsAppText) {
    return whatsapp_invalid("text.body", "at most 4096 characters");
  }
  const auto* preview = member(text, "preview_url");
  return preview == nullptr || preview->IsBool()
             ? GraphError{}
             : whatsapp_invalid("text.preview_url", "a boolean");
}

GraphError check_location(const Value& place, AcceptedSend& out) {
  for (const auto& [name, limit] : {std::pair{"latitude", 90.0}, std::pair{"longitude", 180.0}}) {
    const auto* value = member(place, name);
    if (value == nullptr) return whatsapp_missing(std::string("location.") + name);
    if (!value->IsNumber() || value->GetDouble() < -limit || value->GetDouble() > limit) {
      return whatsapp_invalid(std::string("location.") + name, "degrees");
    }
  }
  out.text = text_at(place, "name");
  return {};
}

GraphError check_contacts(const Value& cards, AcceptedSend& out) {
  if (!cards.IsArray() || cards.Empty()) return whatsapp_missing("contacts");
  for (const auto& card : cards.GetArray()) {
    const auto* name = member(card, "name");
    if (name == nullptr || text_at(*name, "formatted_name").empty()) {
      return whatsapp_missing("contacts[].name.formatted_name");
    }
    out.text = text_at(*name, "formatted_name");
  }
  return {};
}

GraphError check_reaction(const Value& reaction, AcceptedSend& out) {
  if (text_at(reaction, "message_id").empty()) return whatsapp_missing("reaction.message_id");
  const auto* emoji = member(reaction, "emoji");
  if (emoji == nullptr || !emoji->IsString()) return whatsapp_missing("reaction.emoji");
  out.text = text_of(emoji);
  out.kind = "reaction";
  return {};
}

GraphError check_attachment_of(const std::string& type, const Value& media,
                               const WhatsAppFacts& facts, AcceptedSend& out) {
  if (auto error = check_media(type, media, facts); error.code != 0) return error;
  out.text = text_at(media, "caption");
  const bool takes_caption = type != "audio" && type != "sticker";
  if (!out.text.empty() && !takes_caption) return whatsapp_invalid(type + ".caption", "no caption");
  if (characters(out.text) > kMaxCaption) {
    return whatsapp_invalid(type + ".caption", "at most 1024 characters");
  }
  if (media.HasMember("filename") && type != "document") {
    return whatsapp_invalid(type + ".filename", "documents only");
  }
  return {};
}

GraphError check_content(const std::string& type, const Value& content, const WhatsAppFacts& facts,
                         AcceptedSend& out) {
  if (type == "contacts") return check_contacts(content, out);
  if (!content.IsObject()) return whatsapp_invalid(type, "an object");
  if (type == "text") return check_text(content, out);
  if (type == "location") return check_location(content, out);
  if (type == "reaction") return check_reaction(content, out);
  if (type == "interactive") return check_interactive(content, facts, out);
  if (type == "template") return check_template_use(content, facts, out);
  return check_attachment_of(type, content, facts, out);
}

GraphError read_message(const Value& body, const WhatsAppFacts& facts, AcceptedSend& out) {
  constexpr std::array<std::string_view, 11> kTypes{
      "text",     "image",    "video",    "audio",       "document", "sticker",
      "location", "contacts", "reaction", "interactive", "template"};
  out.type = body.HasMember("type") ? text_at(body, "type") : "text";
  if (std::find(kTypes.begin(), kTypes.end(), out.type) == kTypes.end()) {
    return {400,
            131051,
            0,
            false,
            "(#131051) Unsupported message type",
            "type '" + out.type + "' cannot be sent"};
  }
  const auto* content = member(body, out.type.c_str());
  if (content == nullptr) return whatsapp_missing(out.type);
  out.kind = "message";
  if (auto error = check_content(out.type, *content, facts, out); error.code != 0) return error;
  if (const auto* context = member(body, "context")) {
    if (text_at(*context, "message_id").empty()) return whatsapp_missing("context.message_id");
  }
  out.metadata = text_at(body, "biz_opaque_callback_data");
  out.message = json_text(body);
  return {};
}

}  // namespace

GraphError whatsapp_missing(const std::string& field) {
  return {400,
          131008,
          0,
          false,
          "(#131008) Required parameter is missing",
          "Parameter " + field + " is required"};
}

GraphError whatsapp_invalid(const std::string& field, const std::string& wants) {
  return {400,
          131009,
          0,
          false,
          "(#131009) Parameter value is not valid",
          "Parameter " + field + " must be " + wants};
}

GraphError check_media(const std::string& kind, const Value& media, const WhatsAppFacts& facts) {
  const auto id = text_at(media, "id");
  const auto link = text_at(media, "link");
  if (id.empty() && link.empty()) return whatsapp_missing(kind + ".id or .link");
  if (!id.empty() && !link.empty()) return whatsapp_invalid(kind, "one of id and link");
  if (id.empty()) {
    return is_web_url(link) ? GraphError{} : whatsapp_invalid(kind + ".link", "an http(s) address");
  }
  const auto mime = facts.mime_of(id);
  if (!mime) {
    return {400,
            100,
            0,
            false,
            "(#100) Invalid parameter",
            kind + ".id is not a media attachment of this account"};
  }
  const bool fits = kind == "document" || (kind == "sticker" && *mime == "image/webp") ||
                    (kind != "sticker" && mime->starts_with(kind + "/"));
  if (fits) return {};
  return {400,
          131053,
          0,
          false,
          "(#131053) Media upload error",
          "a file of type " + *mime + " is no " + kind};
}

GraphError parse_whatsapp(std::string_view text, const WhatsAppFacts& facts, AcceptedSend& out) {
  rapidjson::Document body;
  out.channel = Channel::whatsapp;
  if (!parse_json(body, text)) {
    return {400, 100, 0, false, "(#100) Invalid parameter", "The body is not a JSON object"};
  }
  if (text_at(body, "messaging_product") != "whatsapp") {
    return {400,
            100,
            0,
            false,
            "(#100) The parameter messaging_product is required.",
            "messaging_product must be whatsapp"};
  }
  if (body.HasMember("status")) return read_mark(body, out);
  if (auto error = read_whatsapp_recipient(body, out); error.code != 0) return error;
  return read_message(body, facts, out);
}

}  // namespace aura::bench
