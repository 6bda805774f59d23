// Converts one webhook item of Messenger or Instagram to channel events. Pure functions over the
// item's JSON; one file per group of event kinds.
#pragma once

#include <string>
#include <string_view>

#include "net/providers/lenient_json.h"
#include "net/providers/meta/product.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::meta {

// The parts of an item that all event kinds use.
struct Item {
  JsonView event;
  const Product* product = nullptr;
  std::string account;  // the page or Instagram account of the item
  std::string app_id;   // ours, or empty
  std::string sender;
  std::string recipient;
  Millis at = 0;
  Millis told_at = 0;  // time of the webhook entry, or 0
  bool standby = false;

  // The customer: the party that is not the business.
  const std::string& customer() const { return from_business() ? recipient : sender; }
  bool from_business() const { return !account.empty() && sender == account; }
  ChannelEvent make(ChannelEvent::Kind kind, std::string external_id) const;
  // The same for a person who is neither sender nor recipient of the item.
  ChannelEvent make_of(const std::string& person, ChannelEvent::Kind kind,
                       std::string external_id) const;
};

Normalised ignored(std::string why);
Normalised not_understood(std::string why);
Normalised one(ChannelEvent event);

// A Meta id (of a person or message), or "" if it is not usable as a key.
std::string id_of(JsonView value);

// Meta sends milliseconds or seconds: values below 10^12 can only be seconds.
Millis provider_time(std::optional<std::int64_t> value);
// A short, stable hash of a value that is too long for a key.
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

// Reads a message's attachments and where to fetch their files.
void read_attachments(const Item& item, JsonView message, ChannelEvent& event);

// How the contact started the conversation; the product they came from becomes an attachment.
std::optional<api::Referral> referral_of(JsonView referral);
void read_referral(JsonView referral, ChannelEvent& event);

}  // namespace aura::net::meta
