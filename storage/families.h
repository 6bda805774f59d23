// The column families: what each holds and the layout of its keys. Numbers and names are on disk
// and never reused. "p ws" is the common prefix of a workspace's keys: one byte of partition (from
// the workspace's hash) and the workspace's 16 bytes, so that a workspace can be deleted, exported
// or moved as a range. Integers in keys are big-endian.
#pragma once

#include <cstdint>

namespace aura::storage {

enum class Family : std::uint8_t {
  meta = 0,          // name                       → format version, last sequence, …
  journal = 1,       // p ws seq(8)                → record::Journal, until its events are applied
  conversation = 2,  // p ws cv(16)                → version(8) record::Conversation   (fenced)
  message = 3,       // p ws cv(16) msg(16)        → record::Message
  external = 4,      // p ws ch(16) 0 mac(32)      → record::External  (dedupe and status look-up)
  outbox = 5,        // p ws ch(16) seq(8)         → record::Outbox
  timer = 6,         // p ws due(8) cv(16) kind(1) → record::Timer
  contact = 7,       // p ws ct(16)                → record::Contact
  workspace = 8,     // p ws                       → record::Workspace
  channel = 9,       // p ws ch(16)                → record::Channel
  item = 10,         // p ws item(16)              → record::Item
  document = 11,     // p ws doc(16)               → record::Document
  api_key = 12,      // p ws sha256(32)            → record::ApiKey
  idempotency = 13,  // p ws sha256(32)            → record::Idempotency, dropped after 24 h
  feed = 14,         // p ws seq(8)                → record::Feed, dropped after 7 days
  usage = 15,        // p ws day(4) metric(2)      → int64, added by the merge operator
  dead_letter = 16,  // p ws id(16)                → record::DeadLetter
  audit = 17,        // p ws seq(8)                → record::Audit (hash chain)
  inbox = 18,        // p ws ~activity_ms(8) cv(16)→ empty: conversations, newest activity first
  media = 19,        // p ws owner(16) med(16)     → version(8) record::Media (fenced); owner: the
                     //                              contact, or 0: the workspace
  blob = 20,         // p ws owner(16) med(16) n(4)→ n-th part of the bytes, sealed (blob files)
  media_due = 21,    // p ws due(8) owner(16) med(16) → empty: media to process at `due`
  identity = 22,     // p ws ch(16) mac(32)        → record::IdentityLink  (owner of an id)
  merge = 23,        // p ws 0 ct(16)              → record::ContactMerge  (of the contact that is
                     //                              merged into another)
                     // p ws 1 ct(16) ct(16)       → empty: into, from
  consent = 24,      // p ws cv(16)                → record::Consent, which outlives the contact
  message_template = 25,  // p ws ch(16) name 0 language → record::Template
  unsupported = 26,       // p ws ch(16) cv(16) msg(16)  → record::Unsupported  (index of
                          //              messages of kinds that the adapter could not show)
};
inline constexpr int kFamilyCount = 27;

// Version of the families above and of the records in schema/. Newer data is refused, older data is
// opened. Adding a family increments the version. Version 3: keys hold no provider ids in plain
// text (storage/vault/external_ids.h).
inline constexpr std::uint32_t kDataFormat = 3;
static_assert(kFamilyCount == 27 && kDataFormat == 3, "another family: another format");

}  // namespace aura::storage
