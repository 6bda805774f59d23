#include "bench/sim/ledger.h"

#include <algorithm>

#include "bench/sim/json_read.h"

namespace aura::bench {
namespace {

void write_entry(JsonWriter& writer, const AcceptedSend& entry) {
  writer.StartObject();
  writer.Key("seq");
  writer.Uint64(entry.seq);
  writer.Key("time_ms");
  writer.Int64(entry.time_ms);
  write_text(writer, "channel", name_of(entry.channel));
  write_text(writer, "page_id", entry.page_id);
  write_text(writer, "recipient", entry.recipient);
  if (!entry.recipient_kind.empty()) write_text(writer, "recipient_kind", entry.recipient_kind);
  write_text(writer, "kind", entry.kind);
  if (!entry.type.empty()) write_text(writer, "type", entry.type);
  write_text(writer, "text", entry.text);
  write_text(writer, "metadata", entry.metadata);
  if (!entry.callback.empty()) write_text(writer, "status_callback", entry.callback);
  if (!entry.sender.empty()) write_text(writer, "sender", entry.sender);
  write_text(writer, "message_id", entry.message_id);
  if (!entry.message.empty()) {
    writer.Key("message");
    writer.RawValue(entry.message.data(), entry.message.size(), rapidjson::kObjectType);
  }
  writer.Key("answered");
  writer.Bool(entry.answered);
  writer.EndObject();
}

}  // namespace

AcceptedSend& Ledger::append(AcceptedSend entry) {
  entry.seq = ++last_seq_;
  return entries_.emplace_back(std::move(entry));
}

void Ledger::clear() {
  entries_.clear();
  entries_.shrink_to_fit();
}

std::string Ledger::json(std::uint64_t since, std::size_t limit,
                         std::optional<Channel> only) const {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  writer.Key("entries");
  writer.StartArray();
  auto at = std::partition_point(entries_.begin(), entries_.end(),
                                 [&](const auto& entry) { return entry.seq <= since; });
  std::uint64_t next = since;
  for (std::size_t n = 0; at != entries_.end() && n < limit; ++at) {
    next = at->seq;
    if (only && at->channel != *only) continue;
    write_entry(writer, *at);
    ++n;
  }
  writer.EndArray();
  writer.Key("next");
  writer.Uint64(next);
  writer.Key("total");
  writer.Uint64(entries_.size());
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace aura::bench
