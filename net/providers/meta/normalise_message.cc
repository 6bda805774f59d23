// Messages: from the customer, echoes of the business's messages, edits, unsends and postbacks.
#include <utility>

#include "net/providers/meta/normalise.h"
#include "runtime/ids.h"

namespace aura::net::meta {
namespace {

using EventKind = ChannelEvent::Kind;

// The app ids of the inboxes of Pages and of Instagram.
constexpr std::string_view kPageInbox = "263902037430900";
constexpr std::string_view kInstagramInbox = "1217981644879628";

// The echo is our own if our app sent the message or it carries one of our message ids; otherwise a
// person answered in the provider's inbox or another app.
void read_echo(const Item& item, JsonView message, ChannelEvent& event) {
  event.echo = true;
  event.thread = item.recipient;
  event.identities = {{std::string(item.product->identity), item.recipient}};
  const std::string app = message.text("app_id");
  std::string metadata = message.text("metadata");
  const bool names_ours = parse_id(IdType::message, metadata).has_value();
  event.own_echo = names_ours || (!item.app_id.empty() && app == item.app_id);
  // Instagram's own login has an app id of its own, which nobody tells us.
  const bool one_id = item.product->identity == std::string_view("psid");
  const bool names_another = one_id && !item.app_id.empty() && !app.empty() && app != item.app_id;
  event.other_app = !names_ours && (names_another || app == kPageInbox || app == kInstagramInbox);
  if (names_ours) event.metadata = std::move(metadata);
}

// False for attachments that cannot be shown: view-once media and unknown types.
bool is_shown(const api::Attachment& attachment) {
  return attachment.type() != "ephemeral" && attachment.type() != "unknown";
}

void mark_unsupported(JsonView message, ChannelEvent& event) {
  bool shown = !event.text.empty();
  for (const api::Attachment& attachment : event.attachments) shown |= is_shown(attachment);
  if (shown && !message.flag("is_unsupported")) return;
  event.kind = EventKind::unsupported;
  event.unsupported = message.get("attachments").at(0).text("type");
  if (event.unsupported.empty()) event.unsupported = "message";
}

}  // namespace

Normalised normalise_message(const Item& item) {
  const JsonView message = item.event.get("message");
  const std::string mid = id_of(message.get("mid"));
  if (mid.empty()) return not_understood("a message without mid");
  const bool echo = message.flag("is_echo") || item.from_business();
  if ((echo ? item.recipient : item.sender).empty()) {
    return not_understood("a message without the customer's id");
  }
  if (message.flag("is_deleted")) {
    ChannelEvent unsend = item.make(EventKind::unsend, "delete:" + mid);
    unsend.target_id = mid;
    if (echo) read_echo(item, message, unsend);
    return one(std::move(unsend));
  }
  ChannelEvent event = item.make(EventKind::message, mid);
  if (echo) read_echo(item, message, event);
  event.text = message.text("text");
  event.payload = message.get("quick_reply").text("payload");
  event.reply_to = id_of(message.get("reply_to").get("mid"));
  read_attachments(item, message, event);
  read_referral(message.get("referral"), event);
  mark_unsupported(message, event);
  return one(std::move(event));
}

Normalised normalise_edit(const Item& item) {
  const JsonView edit = item.event.get("message_edit");
  const std::string mid = id_of(edit.get("mid"));
  if (mid.empty()) return not_understood("an edit without mid");
  if (item.customer().empty()) return not_understood("an edit without the customer's id");
  constexpr std::int64_t kMost = 1'000'000;
  const std::int64_t number = edit.integer("num_edit").value_or(1);
  if (number == 0) return ignored("not_edited");  // Instagram also sends this for new messages
  if (number < 1 || number > kMost) return not_understood("an edit with a strange number");
  if (!edit.has("text")) return not_understood("an edit without its text");
  ChannelEvent event = item.make(EventKind::edit, "edit:" + mid + ":" + std::to_string(number));
  event.target_id = mid;
  event.text = edit.text("text");
  event.edit_number = static_cast<std::uint32_t>(number);
  event.echo = item.from_business();
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
  ChannelEvent event = item.make(EventKind::postback, key);
  event.text = postback.text("title");
  event.payload = payload;  // absent when another app owns the thread
  read_referral(postback.get("referral"), event);
  return one(std::move(event));
}

}  // namespace aura::net::meta
