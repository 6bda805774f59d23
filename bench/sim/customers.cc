#include "bench/sim/customers.h"

#include <cstdio>

#include "bench/sim/json_read.h"
#include "bench/support/digest.h"

namespace aura::bench {
namespace {

constexpr int kMaxCount = 10'000;

InboundInput input_of(const rapidjson::Value& asked) {
  InboundInput in;
  in.account = text_at(asked, "account");
  in.entry = text_at(asked, "entry");
  in.from = text_at(asked, "from");
  in.id = text_at(asked, "id");
  in.url = text_at(asked, "url");
  if (const auto* at = member(asked, "at_ms"); at != nullptr && at->IsInt64()) {
    in.at_ms = at->GetInt64();
  }
  const auto take = [&](const char* name, std::string& place) {
    if (asked.HasMember(name)) place = text_at(asked, name);
  };
  take("text", in.text);
  take("name", in.name);
  take("target", in.target);
  take("own_number", in.own_number);
  return in;
}

std::string names_of(Channel channel) {
  std::string out;
  for (const auto& kind : inbound_kinds(channel)) {
    out += (out.empty() ? "" : ", ") + std::string(kind.name);
  }
  return out;
}

// A raw element, or a raw body, given in place of a kind from the catalogue.
std::optional<WebhookItem> raw_item(const rapidjson::Value& asked, Channel channel,
                                    const InboundInput& in, std::int64_t now) {
  WebhookItem item;
  item.channel = channel;
  item.account = in.account;
  item.entry_id = in.entry.empty() ? in.account : in.entry;
  item.kind = "raw";
  item.id = in.id;
  item.contact = in.from;
  item.time_ms = now;
  item.list = asked.HasMember("list") ? text_at(asked, "list") : "messaging";
  if (const auto* event = member(asked, "event"); event != nullptr && event->IsObject()) {
    item.payload = json_text(*event);
    return item;
  }
  if (const auto* body = member(asked, "body")) {
    item.payload = body->IsString() ? text_of(body) : json_text(*body);
    item.whole_body = true;
    return item;
  }
  return std::nullopt;
}

}  // namespace

Customers::Customers(MediaStore& media, TwilioApi& twilio, SimClock clock)
    : media_(media),
      twilio_(twilio),
      clock_(std::move(clock)),
      process_tag_(static_cast<std::uint64_t>(clock_())) {}

std::string Customers::next_id(Channel channel, bool with_file) {
  const auto number = ++next_;
  const auto tail = std::to_string(process_tag_) + "_" + std::to_string(number);
  if (channel == Channel::messenger) return "m_in" + tail;
  if (channel == Channel::instagram) return "aWdfin" + tail;
  if (channel == Channel::whatsapp) return "wamid.IN" + tail;
  char digits[40];
  std::snprintf(digits, sizeof digits, "%s1%015llx%016llx", with_file ? "MM" : "SM",
                static_cast<unsigned long long>(process_tag_),
                static_cast<unsigned long long>(number));
  return digits;
}

void Customers::attach(const InboundKind& kind, InboundInput& in, const std::string& base_url) {
  const std::string file_kind(kind.media);
  auto& id = files_[file_kind];
  const auto* file = media_.find(id);
  if (file == nullptr) {
    id = media_.add(sample_file(file_kind));
    file = media_.find(id);
  }
  in.media_id = id;
  in.media_mime = file->mime;
  in.media_sha256 = to_base64(sha256(file->bytes));
  in.media_url =
      kind.channel == Channel::sms
          ? base_url + "/2010-04-01/Accounts/" + in.account + "/Messages/" + in.id + "/Media/" + id
          : base_url + "/_media/" + std::string(name_of(kind.channel)) + "/" + id;
}

WebhookItem Customers::act(const InboundKind& kind, InboundInput in, const std::string& base_url) {
  if (in.id.empty()) in.id = next_id(kind.channel, !kind.media.empty());
  if (in.at_ms == 0) in.at_ms = clock_();
  if (!kind.media.empty()) attach(kind, in, base_url);
  if (kind.channel == Channel::sms && (kind.name == "stop" || kind.name == "start")) {
    twilio_.opted_out(in.from, kind.name == "stop");
  }
  return make_inbound(kind, in);
}

Customers::Asked Customers::asked(std::string_view json, const std::string& base_url) {
  rapidjson::Document document;
  if (!parse_json(document, json)) return {{}, "the body must be one JSON object"};
  const auto channel = channel_named(text_at(document, "channel"));
  if (!channel) return {{}, "channel must be messenger, instagram, whatsapp or sms"};
  auto in = input_of(document);
  if (auto raw = raw_item(document, *channel, in, clock_())) return {{std::move(*raw)}, {}};
  if (in.account.empty()) return {{}, "account is required"};
  if (in.from.empty()) return {{}, "from is required"};
  const auto* kind =
      inbound_kind(*channel, document.HasMember("kind") ? text_at(document, "kind") : "text");
  if (kind == nullptr) return {{}, "kind must be one of: " + names_of(*channel)};
  if (*channel == Channel::sms && in.url.empty()) return {{}, "url is required for sms"};
  int count = 1;
  if (const auto* wanted = member(document, "count")) {
    if (!wanted->IsInt() || wanted->GetInt() < 1 || wanted->GetInt() > kMaxCount) {
      return {{}, "count must be 1 to 10000"};
    }
    count = wanted->GetInt();
  }
  Asked out;
  for (int i = 0; i < count; ++i) {
    if (i > 0) in.id.clear();
    out.items.push_back(act(*kind, in, base_url));
  }
  return out;
}

}  // namespace aura::bench
