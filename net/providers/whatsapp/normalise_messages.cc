// Messages of customers, the owner's messages from the phone app, and the phone's message history.
#include <algorithm>
#include <utility>

#include "net/providers/meta/normalise.h"
#include "net/providers/whatsapp/normalise.h"

namespace aura::net::whatsapp {
namespace {

using EventKind = ChannelEvent::Kind;
using meta::digest;
using meta::id_of;
using meta::provider_time;

struct Origin {
  enum class Kind { person, phone_app, history } kind = Kind::person;
  std::string thread;  // of history
};

Person sender_of(const Change& change, JsonView message) {
  Person ids;
  ids.wa_id = digits_of(id_of(message.get("from")));
  ids.user_id = id_of(message.get("from_user_id"));
  ids.parent_user_id = id_of(message.get("from_parent_user_id"));
  // System messages come without contacts; a contact of another message must not be used.
  if (message.text("type") == "system") return ids;
  return complete(std::move(ids), change.contacts);
}

// `thread`: the customer of a history thread, whose messages may not contain it.
Person receiver_of(const Change& change, JsonView message, const std::string& thread) {
  Person ids;
  ids.wa_id = digits_of(id_of(message.get("to")));
  ids.user_id = id_of(message.get("to_user_id"));
  ids.parent_user_id = id_of(message.get("to_parent_user_id"));
  if (!ids.known()) (is_user_id(thread) ? ids.user_id : ids.wa_id) = thread;
  return complete(std::move(ids), change.contacts);
}

// The event's conversation: the person's or the group's. Members of a group are not its contact; a
// group is answered by people only.
void place(ChannelEvent& event, const Person& person, const std::string& group) {
  if (group.empty()) {
    event.thread = thread_of(person);
    event.identities = identities_of(person);
    event.contact_name = person.name;
  } else {
    event.actor = thread_of(person);
    event.thread = std::string(kGroup) + group;
    event.identities = {{"group", event.thread}};
    event.standby = true;
    if (!person.known()) return;
    event.sender.emplace().set_external_id(event.actor);
    if (!person.name.empty()) event.sender->set_name(person.name);
  }
}

void read_context(JsonView message, ChannelEvent& event) {
  const JsonView context = message.get("context");
  event.reply_to = id_of(context.get("id"));
  event.forwarded = context.flag("forwarded") || context.flag("frequently_forwarded");
  const JsonView product = context.get("referred_product");
  if (!product.is_object()) return;
  api::Attachment asked_about;
  asked_about.set_type("product");
  asked_about.set_product_id(product.text("product_retailer_id"));
  event.attachments.push_back(std::move(asked_about));
  event.media.emplace_back();
}

void read_referral(JsonView message, ChannelEvent& event) {
  const JsonView from = message.get("referral");
  if (!from.is_object()) return;
  api::Referral referral;
  const std::string source = from.text("source_type");
  referral.set_source(source.empty() ? "ad" : source);
  std::string title = from.text("headline");
  if (title.empty()) title = from.text("body");
  if (!title.empty()) referral.set_title(title);
  if (auto words = from.text("body"); !words.empty()) referral.set_text(words);
  for (const char* picture : {"image_url", "thumbnail_url"}) {
    if (referral.has_image_url()) break;
    if (auto url = from.text(picture); !url.empty()) referral.set_image_url(url);
  }
  if (auto url = from.text("video_url"); !url.empty()) referral.set_video_url(url);
  if (auto id = from.text("source_id"); !id.empty()) referral.set_ad_id(id);
  if (auto url = from.text("source_url"); !url.empty()) referral.set_url(url);
  if (auto click = from.text("ctwa_clid"); !click.empty()) referral.set_click_id(click);
  if (auto words = from.get("welcome_message").text("text"); !words.empty()) {
    referral.set_ref(words);
  }
  event.referral = std::move(referral);
}

void make_reaction(JsonView message, ChannelEvent& event) {
  const JsonView reaction = message.get("reaction");
  event.kind = EventKind::reaction;
  event.external_id = "reaction:" + event.external_id;
  event.target_id = id_of(reaction.get("message_id"));
  event.emoji = reaction.text("emoji");
}

void make_edit(JsonView message, ChannelEvent& event) {
  const JsonView edit = message.get("edit");
  event.kind = EventKind::edit;
  event.external_id = "edit:" + event.external_id;
  event.target_id = id_of(edit.get("original_message_id"));
  event.text = text_of(edit.get("message"));
  // Edits have no number, so their time serves as one: the latest wins.
  event.edit_number = static_cast<std::uint32_t>(std::max<Millis>(event.at / 1000, 1));
}

void make_revoke(JsonView message, ChannelEvent& event) {
  event.kind = EventKind::unsend;
  event.external_id = "revoke:" + event.external_id;
  event.target_id = id_of(message.get("revoke").get("original_message_id"));
}

// A raw item with this message only: a change may hold messages of many people, but what is stored
// for one person must not contain the others'.
std::string item_of(const Change& change, JsonView message) {
  return R"({"list":"changes","item":{"field":"messages","value":{"metadata":)" +
         change.value.get("metadata").json() + R"(,"messages":[)" + message.json() + "]}}}";
}

// The person's ids changed. `identities` are the new ids, `target_id` is the replaced one.
void make_identity(JsonView message, const Person& person, ChannelEvent& event) {
  const JsonView system = message.get("system");
  const std::string what = system.text("type");
  Person now = person;
  std::string wa_id = digits_of(id_of(system.get("wa_id")));
  if (wa_id.empty()) wa_id = digits_of(id_of(system.get("new_wa_id")));
  const std::string user_id = id_of(system.get("user_id"));
  if (!wa_id.empty() && wa_id != person.wa_id) {  // a new number implies a new user id
    now.wa_id = wa_id;
    now.user_id.clear();
    now.parent_user_id.clear();
  }
  if (!user_id.empty()) now.user_id = user_id;
  event.kind = EventKind::identity;
  event.external_id = "system:" + event.external_id;
  event.text = system.text("body");
  event.payload = what;
  const bool id_changed = !user_id.empty() && user_id != person.user_id;
  if (what == "user_changed_user_id" && id_changed) {
    event.target_id = person.user_id.empty() ? person.wa_id : person.user_id;
  } else if (!wa_id.empty() && wa_id != person.wa_id) {
    event.target_id = person.wa_id.empty() ? person.user_id : person.wa_id;
  }
  event.identities = identities_of(now);
}

bool make_event(const Change& change, JsonView message, const Origin& origin, ChannelEvent& event) {
  const std::string type = message.text("type");
  std::string id = id_of(message.get("id"));
  if (id.empty()) id = "nameless:" + digest(message.json());
  event.external_id = std::move(id);
  event.at = provider_time(message.integer("timestamp"));
  if (event.at == 0) event.at = change.at;
  const Person sender = sender_of(change, message);
  const bool old = origin.kind == Origin::Kind::history;
  const bool ours =
      origin.kind == Origin::Kind::phone_app || (old && sender.wa_id == change.display_number);
  const Person person = ours ? receiver_of(change, message, origin.thread) : sender;
  const std::string group = id_of(message.get("group_id"));
  if (!person.known() && group.empty()) return false;
  place(event, person, group);
  event.echo = ours;
  event.imported = old;
  event.standby = event.standby || old;
  if (type == "reaction") {
    make_reaction(message, event);
    if (ours) event.actor = change.number;
  } else if (type == "edit") {
    make_edit(message, event);
  } else if (type == "revoke") {
    make_revoke(message, event);
  } else if (type == "system" && message.get("system").is_object()) {
    make_identity(message, person, event);
  } else {
    read_context(message, event);
    read_referral(message, event);
    read_content(message, event);
    if (event.kind == EventKind::unsupported) event.raw = item_of(change, message);
    return true;
  }
  return event.kind == EventKind::identity || !event.target_id.empty();
}

void read_list(const Change& change, JsonView messages, const Origin& origin, Reading& out) {
  for (std::size_t i = 0; i < messages.size(); ++i) {
    ChannelEvent event;
    if (make_event(change, messages.at(i), origin, event)) {
      out.events.push_back(std::move(event));
    } else {
      out.not_understood = "a message that names no person or no target";
    }
  }
}

}  // namespace

void read_messages(const Change& change, JsonView messages, Reading& out) {
  read_list(change, messages, {}, out);
}

void read_echoes(const Change& change, Reading& out) {
  read_list(change, change.value.get("message_echoes"), {Origin::Kind::phone_app, {}}, out);
}

// Messages from before the number was connected, in threads named by the customer's number. They
// are shown, never answered, and have no other effects.
void read_history(const Change& change, Reading& out) {
  const JsonView chunks = change.value.get("history");
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (chunks.at(i).has("errors")) out.ignored = "history_not_shared";
    const JsonView threads = chunks.at(i).get("threads");
    if (threads.is_array()) out.ignored = "history_empty";
    for (std::size_t t = 0; t < threads.size(); ++t) {
      std::string thread = id_of(threads.at(t).get("id"));
      if (!is_user_id(thread)) thread = digits_of(thread);
      read_list(change, threads.at(t).get("messages"), {Origin::Kind::history, std::move(thread)},
                out);
    }
  }
}

}  // namespace aura::net::whatsapp
