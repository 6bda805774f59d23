// Events around messages: reactions, read and delivery marks, opt-ins, referrals and the owner of
// the thread.
#include <array>
#include <utility>

#include "net/providers/meta/normalise.h"

namespace aura::net::meta {
namespace {

using EventKind = ChannelEvent::Kind;

// The emoji for a reaction that was sent by name only.
std::string emoji_of(std::string_view reaction) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kNames{{
      {"love", "❤"},
      {"smile", "😄"},
      {"laugh", "😄"},
      {"wow", "😮"},
      {"sad", "😢"},
      {"angry", "😠"},
      {"like", "👍"},
      {"dislike", "👎"},
  }};
  for (const auto& [name, emoji] : kNames) {
    if (reaction == name) return std::string(emoji);
  }
  return "❔";
}

std::string at_text(const Item& item) { return std::to_string(item.at); }

}  // namespace

Normalised normalise_reaction(const Item& item) {
  const JsonView reaction = item.event.get("reaction");
  const std::string mid = id_of(reaction.get("mid"));
  const std::string action = reaction.text("action");
  if (mid.empty()) return not_understood("a reaction without mid");
  if (action != "react" && action != "unreact") {
    return not_understood("a reaction with an unknown action");
  }
  if (item.customer().empty()) return not_understood("a reaction without a sender id");
  std::string emoji;
  if (action == "react") {
    emoji = reaction.text("emoji");
    if (emoji.empty()) emoji = emoji_of(reaction.text("reaction"));
  }
  ChannelEvent event =
      item.make(EventKind::reaction, "reaction:" + mid + ":" + item.sender + ":" + action + ":" +
                                         emoji + ":" + at_text(item));
  event.target_id = mid;
  event.emoji = std::move(emoji);
  event.actor = item.sender;
  event.echo = item.from_business();
  return one(std::move(event));
}

Normalised normalise_read(const Item& item) {
  const JsonView read = item.event.get("read");
  if (item.customer().empty()) return not_understood("a read mark without a sender id");
  const Millis watermark = provider_time(read.integer("watermark"));
  const std::string mid = id_of(read.get("mid"));
  if (watermark == 0 && mid.empty()) return not_understood("a read mark that says nothing");
  const std::string key = watermark != 0 ? "read:" + item.sender + ":" + std::to_string(watermark)
                                         : "seen:" + item.sender + ":" + mid;
  ChannelEvent event = item.make(EventKind::read, key);
  event.watermark = watermark;
  if (watermark == 0) event.target_id = mid;
  return one(std::move(event));
}

// One event per listed message before the watermark: the watermark alone would miss a message whose
// time differs between Meta and us.
Normalised normalise_delivery(const Item& item) {
  const JsonView delivery = item.event.get("delivery");
  if (item.customer().empty()) return not_understood("a delivery without a sender id");
  Normalised out;
  const JsonView mids = delivery.get("mids");
  for (std::size_t i = 0; i < mids.size(); ++i) {
    const std::string mid = id_of(mids.at(i));
    if (mid.empty()) continue;
    ChannelEvent event = item.make(EventKind::delivery, "delivered:" + item.sender + ":" + mid);
    event.target_id = mid;
    out.events.push_back(std::move(event));
  }
  if (const Millis watermark = provider_time(delivery.integer("watermark")); watermark != 0) {
    ChannelEvent event =
        item.make(EventKind::delivery, "delivery:" + item.sender + ":" + std::to_string(watermark));
    event.watermark = watermark;
    out.events.push_back(std::move(event));
  }
  return out.events.empty() ? not_understood("a delivery that says nothing") : std::move(out);
}

// Opting in to or out of marketing messages is consent; any other opt-in only opens the window.
Normalised normalise_optin(const Item& item) {
  const JsonView optin = item.event.get("optin");
  if (item.customer().empty()) return ignored("optin_without_person");  // has a user_ref only
  ChannelEvent event = item.make(
      EventKind::optin, "optin:" + item.sender + ":" + at_text(item) + ":" + digest(optin.json()));
  event.payload = optin.text("payload");
  if (event.payload.empty()) event.payload = optin.text("ref");
  if (optin.text("type") != "notification_messages") return one(std::move(event));
  const std::string status = optin.text("notification_messages_status");
  ConsentChange consent;
  consent.scope = ConsentChange::Scope::marketing;
  consent.granted = !status.starts_with("STOP");
  consent.word = status.empty() ? optin.text("title") : status;
  if (!consent.granted) event.kind = EventKind::consent;
  event.consent = std::move(consent);
  return one(std::move(event));
}

Normalised normalise_referral(const Item& item) {
  const JsonView referral = item.event.get("referral");
  if (item.customer().empty()) return ignored("referral_without_person");
  if (!referral.is_object()) return not_understood("a referral that is not an object");
  ChannelEvent event =
      item.make(EventKind::referral,
                "referral:" + item.sender + ":" + at_text(item) + ":" + digest(referral.json()));
  event.payload = referral.text("ref");
  read_referral(referral, event);
  return one(std::move(event));
}

Normalised normalise_thread_control(const Item& item, std::string_view kind) {
  // Another app requests the thread; the owner does not change until it passes the thread.
  if (kind == "request_thread_control") return ignored(std::string(kind));
  if (item.customer().empty()) return not_understood("thread control without a sender id");
  const JsonView control = item.event.get(kind);
  const std::string owner = control.text("new_owner_app_id");
  ChannelEvent event =
      item.make(EventKind::handover, std::string(kind) + ":" + item.sender + ":" + at_text(item) +
                                         ":" + digest(control.json()));
  if (!owner.empty() && !item.app_id.empty()) {
    event.thread_external = owner != item.app_id;
  } else {
    // Without our own app id: the app that receives the event was passed the thread, or lost it.
    event.thread_external = kind == "take_thread_control";
  }
  event.payload = control.text("metadata");
  return one(std::move(event));
}

}  // namespace aura::net::meta
