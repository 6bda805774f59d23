// Key codec of every column family (layouts: storage/families.h). Pure; any thread may call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/ids.h"

namespace aura::storage::keys {

std::uint8_t partition_of(const Id& workspace);
std::string head(const Id& workspace);  // p ws: the prefix of everything a workspace owns

std::string workspace(const Id& ws);
std::string journal(const Id& ws, std::uint64_t sequence);
std::string conversation(const Id& ws, const Id& conversation);
std::string message(const Id& ws, const Id& conversation, const Id& message);
std::string messages_of(const Id& ws, const Id& conversation);  // prefix
// `mac`: keyed hash of the provider's id under the workspace's key.
std::string external(const Id& ws, const Id& channel, std::string_view mac);
// The row's key before format 3; events waiting in it are sealed with this key as additional data.
std::string external_in_clear(const Id& ws, const Id& channel, std::string_view external_id);
std::string outbox(const Id& ws, const Id& channel, std::uint64_t sequence);
std::string outbox_of(const Id& ws, const Id& channel);  // prefix
std::string timer(const Id& ws, Millis due, const Id& owner, std::uint8_t kind);
std::string contact(const Id& ws, const Id& contact);
std::string channel(const Id& ws, const Id& channel);
std::string template_(const Id& ws, const Id& channel, std::string_view name,
                      std::string_view language);
std::string templates_of(const Id& ws, const Id& channel);  // prefix
std::string unsupported(const Id& ws, const Id& channel, const Id& conversation, const Id& message);
std::string unsupported_of(const Id& ws, const Id& channel);                          // prefix
std::string unsupported_of(const Id& ws, const Id& channel, const Id& conversation);  // prefix
std::string identity(const Id& ws, const Id& channel, std::string_view mac);
std::string merge(const Id& ws, const Id& from);
std::string merged(const Id& ws, const Id& into, const Id& from);
std::string merged_of(const Id& ws, const Id& into);  // prefix
std::string item(const Id& ws, const Id& item);
std::string document(const Id& ws, const Id& document);
std::string api_key(const Id& ws, std::string_view sha256);
std::string idempotency(const Id& ws, std::string_view sha256);
std::string feed(const Id& ws, std::uint64_t sequence);
std::string usage(const Id& ws, std::uint32_t day, std::uint16_t metric);
std::string dead_letter(const Id& ws, const Id& id);
std::string audit(const Id& ws, std::uint64_t sequence);
std::string consent(const Id& ws, const Id& conversation);
std::string inbox(const Id& ws, Millis last_activity, const Id& conversation);
std::string media(const Id& ws, const Id& owner, const Id& id);
// Prefix of all media, and of all their parts, of one owner. media() is the prefix of one file's
// parts.
std::string media_of(const Id& ws, const Id& owner);
std::string blob(const Id& ws, const Id& owner, const Id& id, std::uint32_t number);
std::string media_due(const Id& ws, Millis due, const Id& owner, const Id& id);

// The parsed parts of a key; nullopt if its length does not fit the family.
struct Tail {
  Id workspace;
  std::string_view rest;  // after "p ws"
};
std::optional<Tail> split(std::string_view key);
struct SequenceKey {
  Id workspace;
  std::uint64_t sequence;
};
std::optional<SequenceKey> parse_sequence(std::string_view key);  // journal, feed, audit
struct OutboxKey {
  Id workspace, channel;
  std::uint64_t sequence;
};
std::optional<OutboxKey> parse_outbox(std::string_view key);
struct TimerKey {
  Id workspace, owner;
  Millis due;
  std::uint8_t kind;
};
std::optional<TimerKey> parse_timer(std::string_view key);
struct UnsupportedKey {
  Id workspace, channel, conversation, message;
};
std::optional<UnsupportedKey> parse_unsupported(std::string_view key);
struct InboxKey {
  Id workspace, conversation;
  Millis last_activity;
};
std::optional<InboxKey> parse_inbox(std::string_view key);
struct MediaDueKey {
  Id workspace, owner, media;
  Millis due;
};
std::optional<MediaDueKey> parse_media_due(std::string_view key);
std::optional<Id> last_id(std::string_view key);  // the last 16 bytes of a key

}  // namespace aura::storage::keys
