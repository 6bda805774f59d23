// One thing a provider has to tell the engine: an element of a Meta body, or a form of Twilio's,
// and what the log says of it. Plain data.
#pragma once

#include <cstdint>
#include <string>

#include "bench/sim/channel.h"
#include "bench/sim/form.h"

namespace aura::bench {

struct WebhookItem {
  Channel channel = Channel::messenger;
  std::string account;  // page, IG account, phone number id, account sid
  std::string kind;     // "text", "image", …, "echo", "delivered", …
  std::string id;       // of the message it brings or tells of
  std::string contact;
  bool stores = false;  // it brings a message that the engine has to keep

  // Meta: `payload` is an element of the entry's list `list` ("messaging", "standby", "changes").
  std::string entry_id;  // page, IG account, WhatsApp business account
  std::string list;
  std::string payload;
  std::int64_t time_ms = 0;
  bool whole_body = false;  // `payload` is the body itself
  // Not empty: Meta's verification handshake with this token, answered with the challenge `id`.
  std::string verify_token;

  // SMS: `form` goes to `url`, signed with the account's token; `idempotency` names all its tries.
  std::string url;
  Form form;
  std::string idempotency;
};

// The body that brings one or more items of one Meta object to the engine.
std::string_view meta_object(Channel channel);  // page, instagram, whatsapp_business_account

}  // namespace aura::bench
