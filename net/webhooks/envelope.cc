#include "net/webhooks/envelope.h"

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include "config/limits.h"
#include "net/json.h"
#include "net/webhooks/envelope_scan.h"

namespace aura::net {
namespace {

constexpr unsigned kScanFlags = rapidjson::kParseIterativeFlag |
                                rapidjson::kParseValidateEncodingFlag |
                                rapidjson::kParseNumbersAsStringsFlag;

struct MetaObject {
  api::ChannelType type;
  std::string_view source;
};

MetaObject object_of(std::string_view name) {
  if (name == "page") return {api::CHANNEL_TYPE_MESSENGER, "meta.page"};
  if (name == "instagram") return {api::CHANNEL_TYPE_INSTAGRAM, "meta.instagram"};
  if (name == "whatsapp_business_account") return {api::CHANNEL_TYPE_WHATSAPP, "meta.whatsapp"};
  return {api::CHANNEL_TYPE_UNSPECIFIED, "meta.unknown"};
}

std::string payload_of(std::string_view object, const ScannedEntry& entry, std::string_view list,
                       std::string_view item) {
  std::string out;
  out.reserve(item.size() + object.size() + entry.id.size() + 96);
  out += "{\"object\":";
  append_json_string(out, object);
  out += ",\"entry_id\":";
  if (entry.id.empty()) {
    out += "null";
  } else {
    append_json_string(out, entry.id);
  }
  out += ",\"entry_time\":";
  out += entry.time.empty() ? std::string_view("null") : std::string_view(entry.time);
  out.append(",\"list\":\"").append(list).append("\",\"item\":").append(item).append("}");
  return out;
}

class ItemMaker {
 public:
  explicit ItemMaker(const std::string& object) : name_(object), object_(object_of(object)) {}

  bool known() const { return object_.type != api::CHANNEL_TYPE_UNSPECIFIED; }

  void add_entry(const ScannedEntry& entry) {
    const std::size_t before = items.size();
    for (const ScannedItem& item : entry.items) {
      add(entry, item.list, item.json(), item.phone_number_id);
    }
    if (entry.field && entry.value) {
      std::string change = "{\"field\":";
      append_json_string(change, *entry.field);
      change.append(",\"value\":").append(entry.value->json()).append("}");
      add(entry, "changes", change, {});
    }
    if (!entry.raw.empty() && (entry.odd || items.size() == before)) {
      add(entry, "entry", entry.raw, {});
    }
  }

  void add(const ScannedEntry& entry, std::string_view list, std::string_view json,
           const std::string& phone_number_id) {
    items.push_back({object_.type, phone_number_id.empty() ? entry.id : phone_number_id,
                     std::string(object_.source), payload_of(name_, entry, list, json)});
  }

  std::vector<InboundItem> items;

 private:
  const std::string& name_;
  MetaObject object_;
};

std::size_t count_items(const EnvelopeScan& scan) {
  std::size_t count = 0;
  for (const ScannedEntry& entry : scan.entries) count += entry.items.size() + 1;
  return count;
}

// A number that is valid JSON but too large to parse: such a body is kept, not refused.
bool grammatical(rapidjson::ParseErrorCode code) {
  return code == rapidjson::kParseErrorNumberTooBig;
}

std::vector<InboundItem> whole_body(const std::string& object, std::string_view body) {
  ItemMaker maker(object);
  maker.add({}, "body", body, {});
  return std::move(maker.items);
}

}  // namespace

Result<std::vector<InboundItem>> slice_meta_body(std::string_view body) {
  // RapidJSON would take a zero byte for the end of the body.
  if (body.find('\0') != std::string_view::npos) {
    return fail(Errc::invalid, "The body is not JSON: it has a zero byte.");
  }
  // Items are cut out of the original bytes; only the scan reads the body with half surrogate pairs
  // replaced. Both have the same length.
  const auto mended = without_half_surrogates(body);
  const std::string_view read = mended ? std::string_view(*mended) : body;
  rapidjson::MemoryStream memory(read.data(), read.size());
  EnvelopeScan scan(body, memory, kEnvelopeDepth);
  rapidjson::Reader reader;
  const rapidjson::ParseResult result = reader.Parse<kScanFlags>(memory, scan);
  if (scan.too_deep) {
    return fail(Errc::invalid,
                "The body is nested deeper than " + std::to_string(kEnvelopeDepth) + " levels.");
  }
  if (result.IsError() && !grammatical(result.Code())) {
    return fail(Errc::invalid, std::string("The body is not JSON: ") +
                                   rapidjson::GetParseError_En(result.Code()) + " At byte " +
                                   std::to_string(result.Offset()) + ".");
  }
  ItemMaker maker(scan.object);
  if (result.IsError() || !scan.well_shaped || scan.entries.empty() || !maker.known() ||
      count_items(scan) > static_cast<std::size_t>(limits::kEventsPerBody)) {
    return whole_body(scan.object, body);
  }
  maker.items.reserve(count_items(scan));
  for (const ScannedEntry& entry : scan.entries) maker.add_entry(entry);
  return std::move(maker.items);
}

}  // namespace aura::net
