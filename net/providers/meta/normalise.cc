#include "net/providers/meta/normalise.h"

#include <array>
#include <utility>

#include "net/signature.h"
#include "runtime/hex.h"

namespace aura::net::meta {
namespace {

using Normaliser = Normalised (*)(const Item&);

// Checked in this order: the first key found determines the kind of event.
constexpr std::array<std::pair<std::string_view, Normaliser>, 8> kKinds{{
    {"message", normalise_message},
    {"message_edit", normalise_edit},
    {"postback", normalise_postback},
    {"reaction", normalise_reaction},
    {"read", normalise_read},
    {"delivery", normalise_delivery},
    {"optin", normalise_optin},
    {"referral", normalise_referral},
}};
constexpr std::array<std::string_view, 3> kThreadControl{
    "pass_thread_control", "take_thread_control", "request_thread_control"};

// Known kinds that need no action.
constexpr std::array<std::string_view, 2> kNoAction{"account_linking", "response_feedback"};

std::string party(JsonView event, std::string_view key) { return id_of(event.get(key).get("id")); }

Normalised normalise_order(const Item& item) {
  if (item.customer().empty()) return not_understood("order without a sender id");
  ChannelEvent event = item.make(ChannelEvent::Kind::unsupported,
                                 "order:" + item.sender + ":" + std::to_string(item.at) + ":" +
                                     digest(item.event.get("order").json()));
  event.unsupported = "order";
  return one(std::move(event));
}

// An entry without known events: ignored if it is empty, otherwise of an unknown kind.
Normalised normalise_entry(JsonView entry) {
  bool empty = entry.is_object();
  entry.each_member([&](std::string_view key, JsonView value) {
    const bool envelope = key == "id" || key == "time";
    if (!envelope && !(value.is_array() && value.size() == 0) && value.exists()) empty = false;
  });
  return empty ? ignored("empty_entry") : not_understood("an entry without known events");
}

void set_event(Item& item, JsonView event) {
  item.event = event;
  item.sender = party(event, "sender");
  item.recipient = party(event, "recipient");
  item.at = provider_time(event.integer("timestamp"));
  if (item.at == 0) item.at = item.told_at;
}

}  // namespace

Normalised ignored(std::string why) { return {{}, std::move(why), {}}; }
Normalised not_understood(std::string why) { return {{}, {}, std::move(why)}; }

Normalised one(ChannelEvent event) {
  Normalised out;
  out.events.push_back(std::move(event));
  return out;
}

std::string id_of(JsonView value) {
  constexpr std::size_t kLongest = 512;
  std::string id = value.text();
  if (id.size() > kLongest || id.find('\0') != std::string::npos) return {};
  return id;
}

Millis provider_time(std::optional<std::int64_t> value) {
  constexpr std::int64_t kFirstMillis = 1'000'000'000'000;
  constexpr std::int64_t kLast = 253'402'300'799'999;  // the year 9999
  if (!value || *value <= 0 || *value > kLast) return 0;
  return *value >= kFirstMillis ? *value : *value * 1000;
}

std::string digest(std::string_view value) { return to_hex(as_view(sha256(value)).substr(0, 8)); }

ChannelEvent Item::make(ChannelEvent::Kind kind, std::string external_id) const {
  return make_of(customer(), kind, std::move(external_id));
}

ChannelEvent Item::make_of(const std::string& person, ChannelEvent::Kind kind,
                           std::string external_id) const {
  ChannelEvent out;
  out.kind = kind;
  out.external_id = std::move(external_id);
  out.thread = person;
  if (!person.empty()) out.identities.push_back({std::string(product->identity), person});
  out.at = at;
  out.standby = standby;
  return out;
}

Normalised normalise_messaging(const Item& item) {
  if (!item.event.is_object()) return not_understood("a messaging event that is not an object");
  if (!item.sender.empty() && item.sender == item.recipient) return ignored("message_to_self");
  for (const auto& [key, normaliser] : kKinds) {
    if (item.event.has(key)) return normaliser(item);
  }
  for (const std::string_view key : kThreadControl) {
    if (item.event.has(key)) return normalise_thread_control(item, key);
  }
  if (item.event.has("app_roles")) return normalise_app_roles(item);
  if (item.event.has("policy_enforcement")) return normalise_policy(item);
  for (const std::string_view key : kNoAction) {
    if (item.event.has(key)) return ignored(std::string(key));
  }
  if (item.event.has("order")) return normalise_order(item);
  return not_understood("a messaging event of an unknown kind");
}

Normalised normalise_item(std::string_view payload, const std::string& app_id,
                          const Product& product) {
  const LenientJson json(payload);
  if (!json.ok()) return not_understood("not JSON, or nested too deep");
  const JsonView envelope = json.root();
  const std::string list = envelope.text("list");
  const JsonView event = envelope.get("item");
  Item item;
  item.product = &product;
  item.account = envelope.text("entry_id");
  item.app_id = app_id;
  item.told_at = provider_time(envelope.integer("entry_time"));
  if (list == "changes") {
    set_event(item, event.get("value"));
    return normalise_change(item, event.text("field"));
  }
  if (list == "changed_fields") return ignored("values_not_included");
  if (list == "entry") return normalise_entry(event);
  if (list != "messaging" && list != "standby") return not_understood("not a webhook of a page");
  set_event(item, event);
  item.standby = list == "standby";
  return normalise_messaging(item);
}

}  // namespace aura::net::meta
