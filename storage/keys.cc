#include "storage/keys.h"

#include "storage/big_endian.h"

namespace aura::storage::keys {
namespace {

constexpr std::size_t kIdSize = 16;
constexpr std::size_t kHeadSize = 1 + kIdSize;

std::string begin(const Id& ws, std::size_t rest) {
  std::string key;
  key.reserve(kHeadSize + rest);
  key.push_back(static_cast<char>(partition_of(ws)));
  key.append(ws.view());
  return key;
}

std::string with(const Id& ws, std::string_view first, std::string_view second = {}) {
  std::string key = begin(ws, first.size() + second.size());
  key.append(first).append(second);
  return key;
}

std::string with_sequence(const Id& ws, std::uint64_t sequence) {
  std::string key = begin(ws, 8);
  append_big(key, sequence);
  return key;
}

// Times before 1970 sort like 1970.
std::uint64_t unsigned_time(Millis at) { return at < 0 ? 0 : static_cast<std::uint64_t>(at); }

Id id_at(std::string_view rest, std::size_t at) { return Id::from_view(rest.substr(at, kIdSize)); }

}  // namespace

std::uint8_t partition_of(const Id& workspace) {
  return static_cast<std::uint8_t>(hash_value(workspace));
}

std::string head(const Id& workspace) { return begin(workspace, 0); }
std::string workspace(const Id& ws) { return begin(ws, 0); }
std::string journal(const Id& ws, std::uint64_t sequence) { return with_sequence(ws, sequence); }
std::string conversation(const Id& ws, const Id& id) { return with(ws, id.view()); }
std::string message(const Id& ws, const Id& conversation, const Id& id) {
  return with(ws, conversation.view(), id.view());
}
std::string messages_of(const Id& ws, const Id& conversation) {
  return with(ws, conversation.view());
}
std::string external(const Id& ws, const Id& channel, std::string_view mac) {
  std::string key = begin(ws, kIdSize + 1 + mac.size());
  key.append(channel.view()).append(1, '\0').append(mac);
  return key;
}
std::string external_in_clear(const Id& ws, const Id& channel, std::string_view external_id) {
  return with(ws, channel.view(), external_id);
}
std::string outbox(const Id& ws, const Id& channel, std::uint64_t sequence) {
  std::string key = begin(ws, kIdSize + 8);
  key.append(channel.view());
  append_big(key, sequence);
  return key;
}
std::string outbox_of(const Id& ws, const Id& channel) { return with(ws, channel.view()); }
std::string timer(const Id& ws, Millis due, const Id& owner, std::uint8_t kind) {
  std::string key = begin(ws, 8 + kIdSize + 1);
  append_big(key, unsigned_time(due));
  key.append(owner.view());
  key.push_back(static_cast<char>(kind));
  return key;
}
std::string contact(const Id& ws, const Id& id) { return with(ws, id.view()); }
std::string channel(const Id& ws, const Id& id) { return with(ws, id.view()); }
std::string template_(const Id& ws, const Id& channel, std::string_view name,
                      std::string_view language) {
  return with(ws, channel.view(), std::string(name) + '\0' + std::string(language));
}
std::string templates_of(const Id& ws, const Id& channel) { return with(ws, channel.view()); }
std::string unsupported(const Id& ws, const Id& channel, const Id& conversation,
                        const Id& message) {
  return unsupported_of(ws, channel, conversation).append(message.view());
}
std::string unsupported_of(const Id& ws, const Id& channel) { return with(ws, channel.view()); }
std::string unsupported_of(const Id& ws, const Id& channel, const Id& conversation) {
  return with(ws, channel.view(), conversation.view());
}
std::string identity(const Id& ws, const Id& channel, std::string_view mac) {
  return with(ws, channel.view(), mac);
}
std::string merge(const Id& ws, const Id& from) {
  return with(ws, std::string_view("\0", 1), from.view());
}
std::string merged_of(const Id& ws, const Id& into) { return with(ws, "\1", into.view()); }
std::string merged(const Id& ws, const Id& into, const Id& from) {
  return merged_of(ws, into).append(from.view());
}
std::string item(const Id& ws, const Id& id) { return with(ws, id.view()); }
std::string document(const Id& ws, const Id& id) { return with(ws, id.view()); }
std::string api_key(const Id& ws, std::string_view sha256) { return with(ws, sha256); }
std::string idempotency(const Id& ws, std::string_view sha256) { return with(ws, sha256); }
std::string feed(const Id& ws, std::uint64_t sequence) { return with_sequence(ws, sequence); }
std::string usage(const Id& ws, std::uint32_t day, std::uint16_t metric) {
  std::string key = begin(ws, 6);
  append_big(key, day);
  append_big(key, metric);
  return key;
}
std::string dead_letter(const Id& ws, const Id& id) { return with(ws, id.view()); }
std::string audit(const Id& ws, std::uint64_t sequence) { return with_sequence(ws, sequence); }
std::string consent(const Id& ws, const Id& conversation) { return with(ws, conversation.view()); }
std::string inbox(const Id& ws, Millis last_activity, const Id& conversation) {
  std::string key = begin(ws, 8 + kIdSize);
  append_big(key, ~unsigned_time(last_activity));
  key.append(conversation.view());
  return key;
}
std::string media(const Id& ws, const Id& owner, const Id& id) {
  return with(ws, owner.view(), id.view());
}
std::string media_of(const Id& ws, const Id& owner) { return with(ws, owner.view()); }
std::string blob(const Id& ws, const Id& owner, const Id& id, std::uint32_t number) {
  std::string key = begin(ws, 2 * kIdSize + 4);
  key.append(owner.view()).append(id.view());
  append_big(key, number);
  return key;
}
std::string media_due(const Id& ws, Millis due, const Id& owner, const Id& id) {
  std::string key = begin(ws, 8 + 2 * kIdSize);
  append_big(key, unsigned_time(due));
  key.append(owner.view()).append(id.view());
  return key;
}

std::optional<Tail> split(std::string_view key) {
  if (key.size() < kHeadSize) return std::nullopt;
  return Tail{Id::from_view(key.substr(1, kIdSize)), key.substr(kHeadSize)};
}

std::optional<SequenceKey> parse_sequence(std::string_view key) {
  const auto tail = split(key);
  if (!tail || tail->rest.size() != 8) return std::nullopt;
  return SequenceKey{tail->workspace, load_big<std::uint64_t>(tail->rest)};
}

std::optional<OutboxKey> parse_outbox(std::string_view key) {
  const auto tail = split(key);
  if (!tail || tail->rest.size() != kIdSize + 8) return std::nullopt;
  return OutboxKey{tail->workspace, id_at(tail->rest, 0),
                   load_big<std::uint64_t>(tail->rest.substr(kIdSize))};
}

std::optional<TimerKey> parse_timer(std::string_view key) {
  const auto tail = split(key);
  if (!tail || tail->rest.size() != 8 + kIdSize + 1) return std::nullopt;
  const auto due = load_big<Millis>(tail->rest);
  if (due < 0) return std::nullopt;  // never written: unsigned_time()
  return TimerKey{tail->workspace, id_at(tail->rest, 8), due,
                  static_cast<std::uint8_t>(tail->rest.back())};
}

std::optional<UnsupportedKey> parse_unsupported(std::string_view key) {
  const auto tail = split(key);
  if (!tail || tail->rest.size() != 3 * kIdSize) return std::nullopt;
  return UnsupportedKey{tail->workspace, id_at(tail->rest, 0), id_at(tail->rest, kIdSize),
                        id_at(tail->rest, 2 * kIdSize)};
}

std::optional<InboxKey> parse_inbox(std::string_view key) {
  const auto tail = split(key);
  if (!tail || tail->rest.size() != 8 + kIdSize) return std::nullopt;
  const auto last_activity = static_cast<Millis>(~load_big<std::uint64_t>(tail->rest));
  if (last_activity < 0) return std::nullopt;
  return InboxKey{tail->workspace, id_at(tail->rest, 8), last_activity};
}

std::optional<MediaDueKey> parse_media_due(std::string_view key) {
  const auto tail = split(key);
  if (!tail || tail->rest.size() != 8 + 2 * kIdSize) return std::nullopt;
  const auto due = load_big<Millis>(tail->rest);
  if (due < 0) return std::nullopt;
  return MediaDueKey{tail->workspace, id_at(tail->rest, 8), id_at(tail->rest, 8 + kIdSize), due};
}

std::optional<Id> last_id(std::string_view key) {
  const auto tail = split(key);
  if (!tail || tail->rest.size() < kIdSize) return std::nullopt;
  return id_at(tail->rest, tail->rest.size() - kIdSize);
}

}  // namespace aura::storage::keys
