// Storage keys: any bytes are parsed or refused, and a parsed key serialises to the same bytes.
#include <cstdlib>

#include "storage/keys.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace keys = aura::storage::keys;
  const std::string_view key(reinterpret_cast<const char*>(data), size);
  (void)keys::last_id(key);
  const auto tail = keys::split(key);
  if (tail && tail->rest.size() > size) std::abort();
  // The first byte is the workspace's hash: only a key with the correct hash can be reproduced.
  const bool genuine =
      tail && static_cast<std::uint8_t>(key[0]) == keys::partition_of(tail->workspace);
  if (!genuine) return 0;
  if (const auto parts = keys::parse_sequence(key);
      parts && keys::feed(parts->workspace, parts->sequence) != key) {
    std::abort();
  }
  if (const auto parts = keys::parse_outbox(key);
      parts && keys::outbox(parts->workspace, parts->channel, parts->sequence) != key) {
    std::abort();
  }
  if (const auto parts = keys::parse_timer(key);
      parts && keys::timer(parts->workspace, parts->due, parts->owner, parts->kind) != key) {
    std::abort();
  }
  if (const auto parts = keys::parse_unsupported(key);
      parts && keys::unsupported(parts->workspace, parts->channel, parts->conversation,
                                 parts->message) != key) {
    std::abort();
  }
  if (const auto parts = keys::parse_media_due(key);
      parts && keys::media_due(parts->workspace, parts->due, parts->owner, parts->media) != key) {
    std::abort();
  }
  if (const auto parts = keys::parse_inbox(key);
      parts && keys::inbox(parts->workspace, parts->last_activity, parts->conversation) != key) {
    std::abort();
  }
  return 0;
}
