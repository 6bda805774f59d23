// Content of a message by its type: the object under the type's name becomes text, attachments,
// contact cards, order lines, a form or a pressed button.
#include <array>
#include <utility>

#include "net/providers/meta/normalise.h"
#include "net/providers/whatsapp/normalise.h"

namespace aura::net::whatsapp {
namespace {

using EventKind = ChannelEvent::Kind;
using meta::id_of;
using ContentReader = void (*)(JsonView content, ChannelEvent& event);

void unsupported(ChannelEvent& event, std::string kind) {
  event.kind = EventKind::unsupported;
  event.unsupported = std::move(kind);
}

void read_text(JsonView content, ChannelEvent& event) {
  event.text = content.text("body");
  if (event.text.empty()) unsupported(event, "text");
}

void add_file(JsonView content, const char* type, ChannelEvent& event) {
  api::Attachment file;
  file.set_type(type);
  if (auto mime = content.text("mime_type"); !mime.empty()) file.set_mime_type(mime);
  if (auto name = content.text("filename"); !name.empty()) file.set_filename(name);
  if (content.flag("voice")) file.set_voice(true);
  if (content.flag("animated")) file.set_animated(true);
  event.attachments.push_back(std::move(file));
  MediaSource source;
  source.url = content.text("url");
  source.provider_id = id_of(content.get("id"));
  source.sha256_base64 = content.text("sha256");
  source.authorised = true;
  event.media.push_back(std::move(source));
  event.text = content.text("caption");
}

void read_location(JsonView content, ChannelEvent& event) {
  api::Attachment place;
  place.set_type("location");
  if (const auto latitude = content.real("latitude")) place.set_latitude(*latitude);
  if (const auto longitude = content.real("longitude")) place.set_longitude(*longitude);
  if (auto name = content.text("name"); !name.empty()) place.set_title(name);
  if (auto address = content.text("address"); !address.empty()) place.set_address(address);
  if (auto url = content.text("url"); !url.empty()) place.set_url(url);
  event.attachments.push_back(std::move(place));
  event.media.emplace_back();
}

// The quick-reply button of a template.
void read_button(JsonView content, ChannelEvent& event) {
  event.kind = EventKind::postback;
  event.text = content.text("text");
  event.payload = content.text("payload");
}

// The answers of a flow are JSON in a string; if the string is not valid JSON, it is kept as a
// string.
void read_form(JsonView reply, ChannelEvent& event) {
  event.text = reply.text("body");
  event.payload = reply.text("name");
  std::string answers = reply.text("response_json");
  if (answers.empty()) return;
  event.form = LenientJson(answers).ok() ? std::move(answers) : reply.get("response_json").json();
}

void read_interactive(JsonView content, ChannelEvent& event) {
  for (const char* kind : {"button_reply", "list_reply"}) {
    const JsonView reply = content.get(kind);
    if (!reply.is_object()) continue;
    event.kind = EventKind::postback;
    event.text = reply.text("title");
    event.payload = reply.text("id");
    event.choice_description = reply.text("description");
    return;
  }
  if (content.get("nfm_reply").is_object()) return read_form(content.get("nfm_reply"), event);
  const std::string type = content.text("type");
  unsupported(event, type.empty() ? "interactive" : "interactive/" + type);
}

void read_order(JsonView content, ChannelEvent& event) {
  event.text = content.text("text");
  event.payload = content.text("catalog_id");
  const JsonView items = content.get("product_items");
  for (std::size_t i = 0; i < items.size(); ++i) {
    const JsonView item = items.at(i);
    api::OrderLine line;
    line.set_product_id(item.text("product_retailer_id"));
    line.set_quantity(item.integer("quantity").value_or(1));
    const std::string currency = item.text("currency");
    if (const auto price = minor_units(item.text("item_price"), currency)) {
      line.mutable_unit_price()->set_amount_minor(*price);
      line.mutable_unit_price()->set_currency(currency);
    }
    event.order_lines.push_back(std::move(line));
  }
  if (event.order_lines.empty()) unsupported(event, "order");
}

// A system message of WhatsApp other than a change of ids.
void read_system(JsonView content, ChannelEvent& event) {
  unsupported(event, "system");
  event.text = content.text("body");
}

void read_cards(JsonView content, ChannelEvent& event) {
  event.contacts = cards_of(content);
  if (event.contacts.empty()) unsupported(event, "contacts");
}

void read_image(JsonView content, ChannelEvent& event) { add_file(content, "image", event); }
void read_video(JsonView content, ChannelEvent& event) { add_file(content, "video", event); }
void read_audio(JsonView content, ChannelEvent& event) { add_file(content, "audio", event); }
void read_file(JsonView content, ChannelEvent& event) { add_file(content, "file", event); }
void read_sticker(JsonView content, ChannelEvent& event) { add_file(content, "sticker", event); }
void read_voice(JsonView content, ChannelEvent& event) {
  add_file(content, "audio", event);
  event.attachments.back().set_voice(true);
}

constexpr std::array<std::pair<std::string_view, ContentReader>, 13> kReaders{{
    {"text", read_text},
    {"image", read_image},
    {"video", read_video},
    {"audio", read_audio},
    {"voice", read_voice},
    {"document", read_file},
    {"sticker", read_sticker},
    {"location", read_location},
    {"contacts", read_cards},
    {"button", read_button},
    {"interactive", read_interactive},
    {"order", read_order},
    {"system", read_system},
}};

// Why WhatsApp gives no content.
void read_reason(JsonView message, ChannelEvent& event) {
  constexpr std::int64_t kTooLarge = 131052;
  const JsonView error = message.get("errors").at(0);
  event.provider_code = error.text("code");
  event.error_detail = error.get("error_data").text("details");
  if (event.error_detail.empty()) event.error_detail = error.text("title");
  if (error.integer("code") == kTooLarge)
    event.error_detail =
        "WhatsApp could not hand over this file; it takes 100 MB at most. Ask the customer for a "
        "smaller one, or a link.";
}

// WhatsApp's name for the unsupported content, and its reason.
void read_unsupported(JsonView message, const std::string& type, ChannelEvent& event) {
  std::string name = message.get("unsupported").text("type");
  if (name.empty()) name = type.empty() ? "unknown" : type;
  unsupported(event, std::move(name));
  read_reason(message, event);
}

}  // namespace

void read_content(JsonView message, ChannelEvent& event) {
  const std::string type = message.text("type");
  for (const auto& [name, read] : kReaders) {
    if (name != type) continue;
    const JsonView content = message.get(type);
    if (content.is_object() || content.is_array()) {
      read(content, event);
    } else {
      unsupported(event, type);
      read_reason(message, event);
    }
    return;
  }
  read_unsupported(message, type, event);
}

std::string text_of(JsonView message) {
  if (std::string body = message.get("text").text("body"); !body.empty()) return body;
  return message.get(message.text("type")).text("caption");
}

}  // namespace aura::net::whatsapp
