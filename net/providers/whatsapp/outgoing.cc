#include "net/providers/whatsapp/outgoing.h"

#include "net/json.h"
#include "net/providers/split_text.h"
#include "net/providers/whatsapp/person.h"

namespace aura::net::whatsapp {
namespace {

Part text_part(std::string_view text) {
  return {"text", json_object([&](JsonWriter& writer) {
            put(writer, "body", text);
            writer.Key("preview_url");
            writer.Bool(text.find("https://") != std::string_view::npos);
          })};
}

Part template_part(const api::TemplateUse& use) {
  return {"template", json_object([&](JsonWriter& writer) {
            put(writer, "name", use.name());
            put_object(writer, "language", [&] { put(writer, "code", use.language()); });
            if (use.has_components() && parse_json(use.components().json())) {
              put_raw(writer, "components", use.components().json());
            }
          })};
}

void add_text(std::vector<Part>& parts, std::string_view text) {
  for (const std::string_view piece : split_text(text, kTextUnits)) {
    parts.push_back(text_part(piece));
  }
}

// The choices belong to the end of the text; earlier pieces beyond the limit of the interactive
// body are sent as text messages before.
void add_interactive(std::vector<Part>& parts, const Interactive& interactive) {
  auto pieces = split_text(interactive.text, kTextUnits);
  if (pieces.empty()) pieces.push_back("…");  // a body is required
  const std::string_view end = pieces.back();
  pieces.pop_back();
  for (const std::string_view piece : pieces) parts.push_back(text_part(piece));
  auto last = split_text(end, interactive.body_units);
  const std::string_view body = last.back();
  last.pop_back();
  for (const std::string_view piece : last) parts.push_back(text_part(piece));
  parts.push_back(interactive_part(interactive, body));
}

void add_attachments(std::vector<Part>& parts, const OutboundMessage& message,
                     std::string_view caption) {
  for (std::size_t i = 0; i < message.attachments.size(); ++i) {
    const api::Attachment& attachment = message.attachments[i];
    const std::string_view form = form_of(attachment);
    if (form.empty() || (message.files_as_links && form != "location")) {
      add_text(parts, as_text(attachment));
      continue;
    }
    const std::string_view words =
        i == 0 && !caption.empty() ? caption : std::string_view(attachment.title());
    parts.push_back(attachment_part(attachment, words));
  }
}

// A short text becomes the caption of the first file, so that the two cannot be separated.
bool is_caption(const OutboundMessage& message, const std::string& text) {
  return !message.attachments.empty() && !message.files_as_links &&
         takes_caption(message.attachments[0]) && message.attachments[0].title().empty() &&
         fits_in(text, kCaptionUnits);
}

}  // namespace

std::vector<Part> parts_of(const OutboundMessage& message) {
  std::vector<Part> parts;
  if (message.template_use) {
    parts.push_back(template_part(*message.template_use));
    return parts;
  }
  if (message.window_closed) return parts;  // only a template may be sent
  const Interactive interactive = interactive_of(message);
  if (!interactive.type.empty()) {
    add_attachments(parts, message, {});
    if (!message.contacts.empty()) parts.push_back(contacts_part(message.contacts));
    add_interactive(parts, interactive);
    return parts;
  }
  const bool caption = is_caption(message, interactive.text);
  if (!caption) add_text(parts, interactive.text);
  add_attachments(parts, message, caption ? std::string_view(interactive.text) : "");
  if (!message.contacts.empty()) parts.push_back(contacts_part(message.contacts));
  return parts;
}

void put_recipient(JsonWriter& writer, const std::string& recipient, const std::string& number) {
  const bool group = recipient.starts_with(kGroup);
  put(writer, "recipient_type", group ? "group" : "individual");
  if (group) {
    put(writer, "to", std::string_view(recipient).substr(kGroup.size()));
    return;
  }
  const bool by_id = is_user_id(recipient);
  if (by_id) put(writer, "recipient", recipient);
  const std::string& to = by_id ? number : recipient;
  // Without '+', WhatsApp would prepend the business's own country code.
  if (!to.empty()) put(writer, "to", to.starts_with('+') ? to : "+" + to);
}

std::string send_body(const OutboundMessage& message, const Part& part, bool first) {
  return json_object([&](JsonWriter& writer) {
    put(writer, "messaging_product", "whatsapp");
    put_recipient(writer, message.recipient, message.number);
    if (first && !message.reply_to_external.empty()) {
      put_object(writer, "context", [&] { put(writer, "message_id", message.reply_to_external); });
    }
    put(writer, "type", part.type);
    put_raw(writer, part.type, part.json);
    if (!message.message_id.empty()) put(writer, "biz_opaque_callback_data", message.message_id);
  });
}

}  // namespace aura::net::whatsapp
