#include "bench/sim/ledger.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

namespace aura::bench {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write_text(Writer& writer, const char* key, const std::string& value) {
  writer.Key(key);
  writer.String(value);
}

void write_entry(Writer& writer, const AcceptedSend& entry) {
  writer.StartObject();
  writer.Key("seq");
  writer.Uint64(entry.seq);
  writer.Key("time_ms");
  writer.Int64(entry.time_ms);
  write_text(writer, "page_id", entry.page_id);
  write_text(writer, "recipient", entry.recipient);
  write_text(writer, "kind", entry.kind);
  write_text(writer, "text", entry.text);
  write_text(writer, "metadata", entry.metadata);
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

std::string Ledger::json(std::uint64_t since, std::size_t limit) const {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  writer.Key("entries");
  writer.StartArray();
  auto at = std::partition_point(entries_.begin(), entries_.end(),
                                 [&](const auto& entry) { return entry.seq <= since; });
  std::uint64_t next = since;
  for (std::size_t n = 0; at != entries_.end() && n < limit; ++at, ++n) {
    write_entry(writer, *at);
    next = at->seq;
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
