// The catalogue of inbound webhooks by channel and kind: actions of customers, of the business's
// own people and of the platforms. Composed from the providers' protocol pages, with optional
// fields. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bench/sim/webhook_item.h"

namespace aura::bench {

struct InboundInput {
  std::string account;  // page, IG account, phone number id, account sid
  std::string entry;    // WhatsApp: the business account; empty: derived from `account`
  std::string from;     // the contact
  std::string id;       // message id
  std::int64_t at_ms = 0;
  std::string text = "hello";
  std::string name = "Ada";
  std::string target = "m_unknown";  // the message a reaction, reply, edit or unsend is about
  std::string own_number = "+15550001111";
  // A file for kinds that have one.
  std::string media_id, media_url, media_mime, media_sha256;
  std::string url;  // SMS: the webhook's URL
};

struct InboundKind {
  Channel channel;
  std::string_view name;
  bool stores;                  // the engine must store a message with `id`
  std::string_view list;        // messaging, standby or changes; for changes with ":field name"
  std::string_view pattern;     // of the element; for SMS of the form
  std::string_view media = {};  // the sample file it needs
};

std::span<const InboundKind> messenger_kinds();
std::span<const InboundKind> instagram_kinds();
std::span<const InboundKind> whatsapp_kinds();
std::span<const InboundKind> sms_kinds();
std::span<const InboundKind> inbound_kinds(Channel channel);
const InboundKind* inbound_kind(Channel channel, std::string_view name);

WebhookItem make_inbound(const InboundKind& kind, const InboundInput& input);

}  // namespace aura::bench
