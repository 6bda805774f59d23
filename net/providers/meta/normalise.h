// From one webhook item of Messenger or Instagram to channel events. Pure functions over the item's
// JSON; one file a group of event kinds.
#pragma once

#include <string>
#include <string_view>

#include "net/providers/lenient_json.h"
#include "net/providers/meta/product.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::meta {

// What every kind needs of the item it is in.
struct Item {
  JsonView event;
  const Product* product = nullptr;
  std::string account;  // whose item it is: the page or the Instagram account
  std::string app_id;   // ours, or empty
  std::string sender;
  std::string recipient;
  Millis at = 0;
  Millis told_at = 0;  // when the webhook says it was told; 0: it does not
  bool standby = false;

  // The customer: whoever of the two is not the business.
  const std::string& customer() const { return from_business() ? recipient : sender; }
  bool from_business() const { return !account.empty() && sender == account; }
  ChannelEvent make(ChannelEvent::Kind kind, std::string external_id) const;
  // The same about a person who is neither sender nor recipient of the item.
  ChannelEvent make_of(const std::string& person, ChannelEvent::Kind kind,
                       std::string external_id) const;
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

Normalised normalise_item(std::string_view payload, const std::string& app_id,
                          const Product& product);

// An element of messaging[] or standby[], by the key that names its kind.
Normalised normalise_messaging(const Item& item);
Normalised normalise_message(const Item& item);
Normalised normalise_edit(const Item& item);
Normalised normalise_postback(const Item& item);
Normalised normalise_reaction(const Item& item);
Normalised normalise_read(const Item& item);
Normalised normalise_delivery(const Item& item);
Normalised normalise_optin(const Item& item);
Normalised normalise_referral(const Item& item);
Normalised normalise_thread_control(const Item& item, std::string_view kind);
Normalised normalise_app_roles(const Item& item);
Normalised normalise_policy(const Item& item);

// An element of changes[]: `item.event` is its value.
Normalised normalise_change(const Item& item, std::string_view field);
Normalised normalise_comment(const Item& item, std::string_view field);
Normalised normalise_mention(const Item& item);
Normalised normalise_template_status(const Item& item);

// All that a message carries beside its text, with where the bytes are.
void read_attachments(const Item& item, JsonView message, ChannelEvent& event);

// How the contact got here, and the product they came from as an attachment.
std::optional<api::Referral> referral_of(JsonView referral);
void read_referral(JsonView referral, ChannelEvent& event);

}  // namespace aura::net::meta
