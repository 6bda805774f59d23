// One webhook event of a provider: an element of a Meta body, or a Twilio form, with its
// description for the log. Plain data.
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
  std::string id;       // id of the message that it contains or refers to
  std::string contact;
  bool stores = false;  // contains a message that the engine must store

  // Meta: `payload` is an element of the entry's list `list` ("messaging", "standby", "changes").
  std::string entry_id;  // page, IG account, WhatsApp business account
  std::string list;
  std::string payload;
  std::int64_t time_ms = 0;
  bool whole_body = false;  // `payload` is the complete body
  // If not empty: Meta's verification handshake with this token; the engine must answer with the
  // challenge `id`.
  std::string verify_token;

  // SMS: `form` is posted to `url`, signed with the account's token; `idempotency` is the same for
  // all its tries.
  std::string url;
  Form form;
  std::string idempotency;
};

// The value of a Meta body's "object".
std::string_view meta_object(Channel channel);  // page, instagram, whatsapp_business_account

}  // namespace aura::bench
