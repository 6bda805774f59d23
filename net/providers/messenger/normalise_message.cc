// Messages: from the customer, echoes of what the page wrote, edits, unsends and postbacks.
#include <utility>

#include "net/providers/messenger/normalise.h"
#include "runtime/ids.h"

namespace aura::net::messenger {
namespace {

using Kind = ChannelEvent::Kind;

// The first product of a shared catalog item stands for it.
JsonView first_product(JsonView payload) { return payload.get("product").get("elements").at(0); }

api::Attachment read_attachment(JsonView json) {
  const JsonView payload = json.get("payload");
  api::Attachment out;
  std::string type = json.text("type");
  // Until August 2026 a sticker came as an image with this key.
  if (type == "image" && payload.has("sticker_id")) type = "sticker";
  out.set_type(type.empty() ? "unknown" : type);
  std::string url = payload.text("url");
  if (url.empty()) url = json.text("url");
  std::string title = payload.text("title");
  if (title.empty()) title = json.text("title");
  if (title.empty()) title = first_product(payload).text("title");
  if (url.empty()) url = first_product(payload).text("image_url");
  if (!url.empty()) out.set_url(url);
  if (!title.empty()) out.set_title(title);
  const JsonView place = payload.get("coordinates");
  if (const auto latitude = place.real("lat")) out.set_latitude(*latitude);
  if (const auto longitude = place.real("long")) out.set_longitude(*longitude);
  return out;
}

void read_attachments(JsonView message, ChannelEvent& event) {
  const JsonView attachments = message.get("attachments");
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    if (attachments.at(i).is_object()) {
      event.attachments.push_back(read_attachment(attachments.at(i)));
    }
  }
  const JsonView story = message.get("reply_to").get("story");
  if (story.is_object()) {
    api::Attachment quoted;
    quoted.set_type("story");
    if (const std::string url = story.text("url"); !url.empty()) quoted.set_url(url);
    event.attachments.push_back(std::move(quoted));
  }
}

// Ours if our app sent it or it carries the id of one of our messages.
void read_echo(const Item& item, JsonView message, ChannelEvent& event) {
  event.echo = true;
  event.thread = item.recipient;
  const std::string app = message.text("app_id");
  std::string metadata = message.text("metadata");
  const bool names_ours = parse_id(IdType::message, metadata).has_value();
  event.own_echo = names_ours || (!item.app_id.empty() && app == item.app_id);
  if (names_ours) event.metadata = std::move(metadata);
}

}  // namespace

Normalised normalise_message(const Item& item) {
  const JsonView message = item.event.get("message");
  const std::string mid = id_of(message.get("mid"));
  if (mid.empty()) return not_understood("a message without mid");
  const bool echo = message.flag("is_echo") || item.from_page();
  if ((echo ? item.recipient : item.sender).empty()) {
    return not_understood("a message without the customer's id");
  }
  if (message.flag("is_deleted")) {
    ChannelEvent unsend = item.make(Kind::unsend, "delete:" + mid);
    unsend.target_id = mid;
    if (echo) read_echo(item, message, unsend);
    return one(std::move(unsend));
  }
  ChannelEvent event = item.make(Kind::message, mid);
  if (echo) read_echo(item, message, event);
  event.text = message.text("text");
  event.payload = message.get("quick_reply").text("payload");
  event.reply_to = id_of(message.get("reply_to").get("mid"));
  read_attachments(message, event);
  const bool nothing = event.text.empty() && event.attachments.empty();
  if (message.flag("is_unsupported") || nothing) event.kind = Kind::unsupported;
  Normalised out = one(std::move(event));
  add_referral(item, message.get("referral"), mid, out.events);
  return out;
}

Normalised normalise_edit(const Item& item) {
  const JsonView edit = item.event.get("message_edit");
  const std::string mid = id_of(edit.get("mid"));
  if (mid.empty()) return not_understood("an edit without mid");
  if (item.customer().empty()) return not_understood("an edit without the customer's id");
  constexpr std::int64_t kMost = 1'000'000;
  const std::int64_t number = edit.integer("num_edit").value_or(1);
  if (number < 1 || number > kMost) return not_understood("an edit with a strange number");
  ChannelEvent event = item.make(Kind::edit, "edit:" + mid + ":" + std::to_string(number));
  event.target_id = mid;
  event.text = edit.text("text");
  event.edit_number = static_cast<std::uint32_t>(number);
  event.echo = item.from_page();
  return one(std::move(event));
}

Normalised normalise_postback(const Item& item) {
  const JsonView postback = item.event.get("postback");
  if (!postback.is_object()) return not_understood("a postback that is not an object");
  if (item.customer().empty()) return not_understood("a postback without a sender id");
  const std::string payload = postback.text("payload");
  std::string key = id_of(postback.get("mid"));
  if (key.empty()) {
    key = "postback:" + item.sender + ":" + digest(payload) + ":" + std::to_string(item.at);
  }
  ChannelEvent event = item.make(Kind::postback, key);
  event.text = postback.text("title");
  event.payload = payload;  // absent when another app owns the thread
  Normalised out = one(std::move(event));
  add_referral(item, postback.get("referral"), key, out.events);
  return out;
}

}  // namespace aura::net::messenger
