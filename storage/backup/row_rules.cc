#include "storage/backup/row_rules.h"

#include <array>

#include "storage/counter.h"
#include "storage/schema/audit.pb.h"
#include "storage/schema/records.pb.h"

namespace aura::storage {
namespace {

constexpr const char* kGood = nullptr;
constexpr const char* kUnreadable = "its record cannot be read";
constexpr const char* kUnreadableKey = "its key cannot be read";
constexpr std::size_t kAny = SIZE_MAX;

template <class Record>
std::optional<Record> parse(std::string_view value) {
  Record record;
  if (!record.ParseFromArray(value.data(), static_cast<int>(value.size()))) return std::nullopt;
  return record;
}

template <class Record>
std::optional<Record> parse_fenced(std::string_view value) {
  const auto parts = split_fenced(value);
  return parts ? parse<Record>(parts->second) : std::nullopt;
}

Id id_at(std::string_view rest, std::size_t at) { return Id::from_view(rest.substr(at, 16)); }

template <class Record>
const char* alone(const StoredRow& row, const Surroundings&) {
  return parse<Record>(row.value) ? kGood : kUnreadable;
}

// A row of the workspace's configuration (item, document, …).
template <class Record>
const char* of_workspace(const StoredRow& row, const Surroundings& around) {
  if (!parse<Record>(row.value)) return kUnreadable;
  return around.has(Family::workspace, keys::workspace(row.workspace)) ? kGood
                                                                       : "its workspace is missing";
}

const char* workspace(const StoredRow& row, const Surroundings& around) {
  if (!parse<record::Workspace>(row.value)) return kUnreadable;
  const auto state = around.data_key(keyring_keys::workspace(row.workspace));
  return state == Surroundings::KeyState::living ? kGood : "its data key is missing";
}

const char* journal(const StoredRow& row, const Surroundings& around) {
  const auto event = parse<record::Journal>(row.value);
  if (!event) return kUnreadable;
  const auto state = around.data_key(keyring_keys::journal(event->key_hour()));
  return state == Surroundings::KeyState::living ? kGood : "the key of its hour is missing";
}

const char* contact(const StoredRow& row, const Surroundings& around) {
  const auto record = parse<record::Contact>(row.value);
  if (!record) return kUnreadable;
  const Id id = id_at(row.rest, 0);
  const auto state = around.data_key(keyring_keys::contact(row.workspace, id));
  if (state == Surroundings::KeyState::missing)
    return "its data key is missing and was not destroyed";
  const Id owner = Id::from_view(record->conversation());
  const bool owned =
      owner.empty() || around.has(Family::conversation, keys::conversation(row.workspace, owner));
  return owned ? kGood : "the conversation that owns it is missing";
}

const char* conversation(const StoredRow& row, const Surroundings& around) {
  const auto record = parse_fenced<record::Conversation>(row.value);
  if (!record) return kUnreadable;
  const Id id = id_at(row.rest, 0);
  const Id contact = Id::from_view(record->contact());
  if (around.data_key(keyring_keys::contact(row.workspace, contact)) ==
      Surroundings::KeyState::missing)
    return "the data key of its contact is missing";
  if (!around.has(Family::contact, keys::contact(row.workspace, contact)))
    return "its contact is missing";
  return around.has(Family::inbox, keys::inbox(row.workspace, record->inbox_ms(), id))
             ? kGood
             : "it is not in the inbox index";
}

const char* inbox(const StoredRow& row, const Surroundings& around) {
  const auto key = keys::parse_inbox(row.key);
  if (!key) return kUnreadableKey;
  const auto value =
      around.get(Family::conversation, keys::conversation(row.workspace, key->conversation));
  if (!value) return "its conversation is missing";
  const auto record = parse_fenced<record::Conversation>(*value);
  return record && record->inbox_ms() == key->last_activity ? kGood
                                                            : "its conversation stands elsewhere";
}

const char* message(const StoredRow& row, const Surroundings& around) {
  if (!parse<record::Message>(row.value)) return kUnreadable;
  return around.has(Family::conversation, keys::conversation(row.workspace, id_at(row.rest, 0)))
             ? kGood
             : "its conversation is missing";
}

// Whether a message that another row refers to is wrongly missing. Such rows outlive an erased
// conversation, and its messages if the conversation began again under the same id.
bool message_lost(const Surroundings& around, const Id& workspace, const Id& conversation,
                  const Id& message) {
  if (message.empty() ||
      around.has(Family::message, keys::message(workspace, conversation, message)))
    return false;
  const auto value = around.get(Family::conversation, keys::conversation(workspace, conversation));
  const auto record = value ? parse_fenced<record::Conversation>(*value) : std::nullopt;
  return record && id_time(message) >= record->created_ms();
}

const char* external(const StoredRow& row, const Surroundings& around) {
  const auto record = parse<record::External>(row.value);
  if (!record) return kUnreadable;
  return message_lost(around, row.workspace, Id::from_view(record->conversation()),
                      Id::from_view(record->message()))
             ? "its message is missing"
             : kGood;
}

const char* outbox(const StoredRow& row, const Surroundings& around) {
  const auto record = parse<record::Outbox>(row.value);
  if (!record) return kUnreadable;
  return message_lost(around, row.workspace, Id::from_view(record->conversation()),
                      Id::from_view(record->message()))
             ? "its message is missing"
             : kGood;
}

const char* unsupported(const StoredRow& row, const Surroundings& around) {
  if (!parse<record::Unsupported>(row.value)) return kUnreadable;
  return message_lost(around, row.workspace, id_at(row.rest, 16), id_at(row.rest, 32))
             ? "its message is missing"
             : kGood;
}

const char* usage(const StoredRow& row, const Surroundings&) {
  return decode_counter(row.value) ? kGood : "its counter cannot be read";
}

const char* media(const StoredRow& row, const Surroundings& around) {
  const auto record = parse_fenced<record::Media>(row.value);
  if (!record) return kUnreadable;
  const Id owner = id_at(row.rest, 0);
  const Id id = id_at(row.rest, 16);
  // A visitor may upload before the contact row exists, but its key always exists.
  if (!owner.empty() && around.data_key(keyring_keys::contact(row.workspace, owner)) ==
                            Surroundings::KeyState::missing)
    return "the data key of its owner is missing";
  if (record->due_ms() != 0 &&
      !around.has(Family::media_due, keys::media_due(row.workspace, record->due_ms(), owner, id)))
    return "it is not in the index of what is due";
  const bool stored = record->state() == record::Media::STATE_STORED && record->size_bytes() > 0;
  return !stored || around.has(Family::blob, keys::blob(row.workspace, owner, id, 0))
             ? kGood
             : "its bytes are missing";
}

const char* blob(const StoredRow& row, const Surroundings& around) {
  return around.has(Family::media,
                    keys::media(row.workspace, id_at(row.rest, 0), id_at(row.rest, 16)))
             ? kGood
             : "its media row is missing";
}

// Media that were unsent leave this row until its time comes.
const char* media_due(const StoredRow& row, const Surroundings& around) {
  const auto key = keys::parse_media_due(row.key);
  if (!key) return kUnreadableKey;
  const auto value = around.get(Family::media, keys::media(row.workspace, key->owner, key->media));
  if (!value) return kGood;
  const auto record = parse_fenced<record::Media>(*value);
  return record && record->due_ms() == key->due ? kGood : "its media is not due then";
}

const char* merge(const StoredRow& row, const Surroundings& around) {
  if (row.rest.size() == 1 + 16) {
    const auto record = parse<record::ContactMerge>(row.value);
    if (!record) return kUnreadable;
    return around.has(Family::merge, keys::merged(row.workspace, Id::from_view(record->into()),
                                                  id_at(row.rest, 1)))
               ? kGood
               : "it is not in the index of merges";
  }
  const auto value = around.get(Family::merge, keys::merge(row.workspace, id_at(row.rest, 17)));
  const auto record = value ? parse<record::ContactMerge>(*value) : std::nullopt;
  return record && Id::from_view(record->into()) == id_at(row.rest, 1) ? kGood
                                                                       : "its merge is missing";
}

const char* nothing_to_check(const StoredRow&, const Surroundings&) { return kGood; }

struct Rule {
  std::size_t shortest, longest;  // length of the key after "p ws"
  const char* (*problem)(const StoredRow&, const Surroundings&);
};

constexpr std::array kRules = {
    Rule{0, kAny, nothing_to_check},                 // meta
    Rule{8, 8, journal},                             // journal
    Rule{16, 16, conversation},                      // conversation
    Rule{32, 32, message},                           // message
    Rule{16, kAny, external},                        // external: 49 since format 3
    Rule{24, 24, outbox},                            // outbox
    Rule{25, 25, alone<record::Timer>},              // timer
    Rule{16, 16, contact},                           // contact
    Rule{0, 0, workspace},                           // workspace
    Rule{16, 16, of_workspace<record::Channel>},     // channel
    Rule{16, 16, of_workspace<record::Item>},        // item
    Rule{16, 16, of_workspace<record::Document>},    // document
    Rule{32, 32, of_workspace<record::ApiKey>},      // api_key
    Rule{32, 32, alone<record::Idempotency>},        // idempotency
    Rule{8, 8, alone<record::Feed>},                 // feed
    Rule{6, 6, usage},                               // usage
    Rule{16, 16, alone<record::DeadLetter>},         // dead_letter
    Rule{8, 8, alone<record::Audit>},                // audit: checked by audit/check.h
    Rule{24, 24, inbox},                             // inbox
    Rule{32, 32, media},                             // media
    Rule{36, 36, blob},                              // blob
    Rule{40, 40, media_due},                         // media_due
    Rule{48, 48, alone<record::IdentityLink>},       // identity
    Rule{17, 33, merge},                             // merge
    Rule{16, 16, alone<record::Consent>},            // consent
    Rule{16, kAny, of_workspace<record::Template>},  // message_template
    Rule{48, 48, unsupported},                       // unsupported
};
static_assert(kRules.size() == kFamilyCount, "every family has a rule");

}  // namespace

std::optional<std::string> Surroundings::get(Family family, const std::string& key) const {
  auto value = reader_.get(family, key);
  return value ? std::move(*value) : std::nullopt;
}

Surroundings::KeyState Surroundings::data_key(const std::string& key) const {
  const auto wrapped = keyring_.get(key);
  if (!wrapped || !*wrapped) return KeyState::missing;
  return (*wrapped)->empty() ? KeyState::destroyed : KeyState::living;
}

const char* row_problem(Family family, std::string_view key, std::string_view value,
                        const Surroundings& around) {
  if (family == Family::meta) return kGood;
  const auto tail = keys::split(key);
  const Rule& rule = kRules[static_cast<std::size_t>(family)];
  if (!tail || static_cast<std::uint8_t>(key[0]) != keys::partition_of(tail->workspace) ||
      tail->rest.size() < rule.shortest || tail->rest.size() > rule.longest)
    return kUnreadableKey;
  return rule.problem({key, value, tail->workspace, tail->rest}, around);
}

}  // namespace aura::storage
