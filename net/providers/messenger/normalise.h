// From one webhook item to channel events. Pure functions over the item's JSON; one file a group of
// event kinds.
#pragma once

#include <string>
#include <string_view>

#include "net/providers/lenient_json.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::messenger {

// What every kind needs of the item it is in.
struct Item {
  JsonView event;
  std::string page;    // the account the item came for
  std::string app_id;  // ours, or empty
  std::string sender;
  std::string recipient;
  Millis at = 0;
  bool standby = false;

  // The customer: whoever of the two is not the page.
  const std::string& customer() const { return from_page() ? recipient : sender; }
  bool from_page() const { return !page.empty() && sender == page; }
  ChannelEvent make(ChannelEvent::Kind kind, std::string external_id) const;
};

Normalised ignored(std::string why);
Normalised not_understood(std::string why);
Normalised one(ChannelEvent event);

// An id of Meta's (a person, a message), or "" for what cannot be one: ids become keys.
std::string id_of(JsonView value);

// Meta sends milliseconds or seconds: what is below 10^12 can only be seconds.
Millis provider_time(std::optional<std::int64_t> value);
// A short, stable name for a value too long for a key.
std::string digest(std::string_view value);

Normalised normalise_item(std::string_view payload, const std::string& app_id);

Normalised normalise_message(const Item& item);
Normalised normalise_edit(const Item& item);
Normalised normalise_postback(const Item& item);
Normalised normalise_reaction(const Item& item);
Normalised normalise_read(const Item& item);
Normalised normalise_delivery(const Item& item);
Normalised normalise_optin(const Item& item);
Normalised normalise_referral(const Item& item);
Normalised normalise_thread_control(const Item& item, std::string_view kind);
Normalised normalise_account(const Item& item, std::string_view kind);

// The referral that a message or postback carries with it, as an event of its own.
void add_referral(const Item& item, JsonView referral, const std::string& key,
                  std::vector<ChannelEvent>& events);

}  // namespace aura::net::messenger
