#include "bench/sim/inbound.h"

#include "bench/sim/json_read.h"
#include "bench/sim/placeholders.h"

namespace aura::bench {
namespace {

std::string digits_only(std::string_view number) {
  std::string out;
  for (const char c : number) {
    if (c >= '0' && c <= '9') out += c;
  }
  return out;
}

Values values_of(const InboundInput& in) {
  Values v;
  v["ACCOUNT"] = quoted_json(in.account);
  v["FROM"] = quoted_json(in.from);
  v["ID"] = quoted_json(in.id);
  v["TEXT"] = quoted_json(in.text);
  v["NAME"] = quoted_json(in.name);
  v["TARGET"] = quoted_json(in.target);
  v["OWN"] = quoted_json(digits_only(in.own_number));
  v["MEDIA_ID"] = quoted_json(in.media_id);
  v["MEDIA_URL"] = quoted_json(in.media_url);
  v["MIME"] = quoted_json(in.media_mime);
  v["SHA256"] = quoted_json(in.media_sha256);
  v["AT_MS"] = std::to_string(in.at_ms);
  v["AT_S"] = std::to_string(in.at_ms / 1000);
  // A business-scoped id that depends only on the number.
  v["BSUID"] = quoted_json("US." + digits_only(in.from));
  return v;
}

Values plain_values(const InboundInput& in) {
  Values v;
  const auto sid = in.id;
  v["ACCOUNT"] = percent_encode(in.account);
  v["FROM"] = percent_encode(in.from);
  v["ID"] = percent_encode(sid);
  v["TEXT"] = percent_encode(in.text);
  v["OWN"] = percent_encode(in.own_number);
  v["MEDIA_URL"] = percent_encode(in.media_url);
  v["MIME"] = percent_encode(in.media_mime);
  return v;
}

}  // namespace

std::span<const InboundKind> inbound_kinds(Channel channel) {
  switch (channel) {
    case Channel::messenger:
      return messenger_kinds();
    case Channel::instagram:
      return instagram_kinds();
    case Channel::whatsapp:
      return whatsapp_kinds();
    case Channel::sms:
      break;
  }
  return sms_kinds();
}

const InboundKind* inbound_kind(Channel channel, std::string_view name) {
  for (const auto& kind : inbound_kinds(channel)) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

WebhookItem make_inbound(const InboundKind& kind, const InboundInput& input) {
  WebhookItem item;
  item.channel = kind.channel;
  item.account = input.account;
  item.kind = kind.name;
  item.id = input.id;
  item.contact = input.from;
  item.stores = kind.stores;
  item.time_ms = input.at_ms;
  if (kind.channel == Channel::sms) {
    item.form = parse_form(fill_in(kind.pattern, plain_values(input)));
    item.url = input.url;
    item.idempotency = "i-" + input.id;
    return item;
  }
  item.entry_id = kind.channel != Channel::whatsapp ? input.account
                  : input.entry.empty()             ? "33" + input.account
                                                    : input.entry;
  const auto colon = kind.list.find(':');
  item.list = kind.list.substr(0, colon);
  const auto element = fill_in(kind.pattern, values_of(input));
  item.payload = colon == kind.list.npos
                     ? element
                     : R"({"field":")" + std::string(kind.list.substr(colon + 1)) +
                           R"(","value":)" + element + "}";
  return item;
}

}  // namespace aura::bench
