#include "bench/sim/meta_body.h"

#include <cstdio>

#include "bench/sim/json_read.h"

namespace aura::bench {

std::string_view meta_object(Channel channel) {
  switch (channel) {
    case Channel::instagram:
      return "instagram";
    case Channel::whatsapp:
      return "whatsapp_business_account";
    case Channel::messenger:
    case Channel::sms:
      break;
  }
  return "page";
}

std::string meta_body(std::span<const WebhookItem* const> items) {
  std::string body =
      R"({"object":")" + std::string(meta_object(items.front()->channel)) + R"(","entry":[)";
  for (const auto* item : items) {
    if (item != items.front()) body += ',';
    body += R"({"id":)" + quoted_json(item->entry_id);
    // WhatsApp's entries have no time.
    if (item->channel != Channel::whatsapp) {
      body += R"(,"time":)" + std::to_string(item->time_ms);
    }
    body += ",\"" + item->list + "\":[" + item->payload + "]}";
  }
  return escape_as_meta(body + "]}");
}

std::string escape_as_meta(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 8);
  char32_t point = 0;
  int missing = 0;  // bytes missing from this character
  const auto unit = [&](char32_t value) {
    char digits[16];
    std::snprintf(digits, sizeof digits, "\\u%04x", static_cast<unsigned>(value & 0xffff));
    out += digits;
  };
  for (const char c : json) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      if (c == '/') out += '\\';
      out += c;
      continue;
    }
    if (byte >= 0xC0) {
      missing = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
      point = byte & (0x3F >> missing);
      continue;
    }
    point = (point << 6) | (byte & 0x3F);
    if (--missing != 0) continue;
    if (point <= 0xFFFF) {
      unit(point);
    } else {
      unit(0xD800 + ((point - 0x10000) >> 10));
      unit(0xDC00 + ((point - 0x10000) & 0x3FF));
    }
  }
  return out;
}

}  // namespace aura::bench
