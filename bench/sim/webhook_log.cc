#include "bench/sim/webhook_log.h"

#include <utility>

#include "bench/sim/json_read.h"
#include "bench/sim/sim_clock.h"

namespace aura::bench {
namespace {

constexpr std::size_t kMaxRecords = 300'000;

const char* name_of(WebhookRecord::Outcome outcome) {
  switch (outcome) {
    case WebhookRecord::Outcome::delivered:
      return "delivered";
    case WebhookRecord::Outcome::given_up:
      return "given_up";
    case WebhookRecord::Outcome::waiting:
      break;
  }
  return "waiting";
}

}  // namespace

WebhookRecord& WebhookLog::add(const WebhookItem& item, int copies) {
  while (records_.size() >= kMaxRecords &&
         records_.front().outcome != WebhookRecord::Outcome::waiting) {
    records_.pop_front();
  }
  WebhookRecord record;
  record.seq = ++last_seq_;
  record.time_ms = wall_clock_ms();
  record.channel = item.channel;
  record.account = item.account;
  record.kind = item.kind;
  record.id = item.id;
  record.contact = item.contact;
  record.stores = item.stores;
  record.copies = copies;
  return records_.emplace_back(std::move(record));
}

const WebhookRecord* WebhookLog::look(std::uint64_t seq) const {
  if (records_.empty() || seq < records_.front().seq) return nullptr;
  const auto at = seq - records_.front().seq;
  return at < records_.size() ? &records_[at] : nullptr;
}

WebhookRecord* WebhookLog::find(std::uint64_t seq) {
  return const_cast<WebhookRecord*>(std::as_const(*this).look(seq));
}

void WebhookLog::clear() {
  records_.clear();
  counts_ = {};
}

std::string WebhookLog::json(std::uint64_t since, std::size_t limit) const {
  rapidjson::StringBuffer buffer;
  JsonWriter w(buffer);
  w.StartObject();
  w.Key("webhooks");
  w.StartArray();
  std::uint64_t next = since;
  std::size_t shown = 0;
  for (const auto& record : records_) {
    if (record.seq <= since) continue;
    if (shown++ == limit) break;
    w.StartObject();
    w.Key("seq");
    w.Uint64(record.seq);
    w.Key("time_ms");
    w.Int64(record.time_ms);
    write_text(w, "channel", aura::bench::name_of(record.channel));
    write_text(w, "account", record.account);
    write_text(w, "kind", record.kind);
    write_text(w, "id", record.id);
    write_text(w, "contact", record.contact);
    w.Key("copies");
    w.Int(record.copies);
    w.Key("delivered");
    w.Int(record.delivered);
    w.Key("attempts");
    w.Int(record.attempts);
    w.Key("last_status");
    w.Int(record.last_status);
    write_text(w, "outcome", name_of(record.outcome));
    w.EndObject();
    next = record.seq;
  }
  w.EndArray();
  w.Key("next");
  w.Uint64(next);
  w.Key("total");
  w.Uint64(records_.size());
  w.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace aura::bench
