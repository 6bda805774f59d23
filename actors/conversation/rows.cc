#include "actors/conversation/rows.h"

#include "actors/channel_rows.h"
#include "actors/conversation/identities.h"
#include "actors/media/media_rows.h"
#include "storage/keys.h"
#include "storage/read.h"

namespace aura::conversation {
namespace {

using storage::Family;
namespace keys = storage::keys;

std::string bytes(const Id& id) { return std::string(id.view()); }

// Provider ids are sealed in the message body. Up to format 3 they were stored in the row.
void move_ids(record::Message& row, record::MessageBody& body) {
  body.set_external_id(row.external_id());
  body.mutable_retired_externals()->Swap(row.mutable_retired_externals());
  body.mutable_attempts()->Swap(row.mutable_attempts());
  body.mutable_parts()->Swap(row.mutable_parts());
  row.clear_external_id();
}

void move_ids_back(record::MessageBody& body, record::Message& row) {
  if (!body.external_id().empty()) row.set_external_id(body.external_id());
  if (body.retired_externals_size() > 0)
    row.mutable_retired_externals()->Swap(body.mutable_retired_externals());
  if (body.attempts_size() > 0) row.mutable_attempts()->Swap(body.mutable_attempts());
  if (body.parts_size() > 0) row.mutable_parts()->Swap(body.mutable_parts());
  body.clear_external_id();
  body.clear_retired_externals();
  body.clear_attempts();
  body.clear_parts();
}

void encode_message(const StoredMessage& message, const std::string& contact, const Place& place,
                    const storage::DataKey& key, storage::Commit& commit) {
  std::string at = keys::message(place.workspace, place.conversation, message.id);
  record::Message row = message.row;
  if (row.deleted() && row.media_count() > 0) {  // unsent: its files are erased too
    const Id owner = Id::from_view(contact);
    for (std::uint32_t i = 0; i < row.media_count(); ++i)
      media::erase({place.workspace, {owner, media_id_of(message.id, i)}}, commit);
    row.clear_media_count();
  }
  record::MessageBody body = message.body;
  move_ids(row, body);
  row.set_sealed(key.seal(storage::aad(Family::message, at), body.SerializeAsString()));
  commit.put(Family::message, std::move(at), row.SerializeAsString());
}

// The workspace's media actor finds the row through its entry in media_due.
void encode_new_media(const NewMedia& media, const Decision& decision, const Place& place,
                      const storage::DataKey& key, Millis now, storage::Commit& commit) {
  media::Stored stored;
  record::Media& row = stored.row;
  row.set_created_ms(now);
  row.set_channel(bytes(place.channel));
  row.set_conversation(bytes(place.conversation));
  row.set_message(bytes(media.message));
  row.set_attachment(media.attachment);
  for (const auto& message : decision.messages) {
    if (message.id != media.message) continue;
    const auto& shown = message.body.attachments(static_cast<int>(media.attachment));
    stored.body.set_type(shown.type());
    stored.body.set_filename(shown.filename());
    stored.body.set_declared_type(shown.mime_type());
  }
  stored.body.set_source_url(media.source.url);
  stored.body.set_provider_id(media.source.provider_id);
  stored.body.set_sha256_base64(media.source.sha256_base64);
  stored.body.set_authorised(media.source.authorised);
  const Id owner = Id::from_view(decision.next.row.contact());
  const media::Place at{place.workspace, {owner, media_id_of(media.message, media.attachment)}};
  media::set_due(at, stored, now, commit);
  media::put_unfenced(at, stored, key, commit);
}

std::string place_of(const std::string& external_id, const Place& place, const RowKeys& keys) {
  return keys::external(place.workspace, place.channel, keys.workspace->mac(external_id));
}

std::string aad_of(const std::string& external_id, const Place& place) {
  return storage::aad(Family::external,
                      keys::external_in_clear(place.workspace, place.channel, external_id));
}

void encode_external(const ExternalChange& change, const Place& place, const RowKeys& keys,
                     storage::Commit& commit) {
  record::External row;
  row.set_conversation(bytes(place.conversation));
  if (!change.entry.message.empty()) row.set_message(bytes(change.entry.message));
  for (const auto& early : change.entry.waiting) {
    auto& waiting = *row.add_waiting();
    waiting.set_sealed(
        keys.contact->seal(aad_of(change.external_id, place), early.SerializeAsString()));
    waiting.set_contact(bytes(keys.contact_id));
  }
  commit.put(Family::external, place_of(change.external_id, place, keys), row.SerializeAsString());
}

Result<std::optional<record::Consent>> load_consent(const storage::Reader& reader,
                                                    const Id& workspace, const Id& conversation) {
  auto consent = storage::read<record::Consent>(reader, Family::consent,
                                                keys::consent(workspace, conversation));
  if (consent && *consent) mark_events(**consent);
  return consent;
}

void encode_unsupported(const UnsupportedChange& change, const Place& place,
                        storage::Commit& commit) {
  std::string at =
      keys::unsupported(place.workspace, place.channel, place.conversation, change.message);
  if (change.projection == 0) return commit.erase(Family::unsupported, std::move(at));
  record::Unsupported row;
  row.set_projection(change.projection);
  commit.put(Family::unsupported, std::move(at), row.SerializeAsString());
}

void encode_timer(const TimerChange& timer, const Place& place, storage::Commit& commit) {
  std::string at = keys::timer(place.workspace, timer.due, place.conversation,
                               static_cast<std::uint8_t>(timer.kind));
  if (!timer.set) return commit.erase(Family::timer, std::move(at));
  record::Timer row;
  row.set_conversation(bytes(place.conversation));
  row.set_generation(timer.generation);
  commit.put(Family::timer, std::move(at), row.SerializeAsString());
}

void encode_feed(const FeedChange& change, const Place& place, Millis now,
                 storage::Commit& commit) {
  record::Feed row;
  row.set_kind(change.kind);
  row.set_conversation(bytes(place.conversation));
  if (!change.message.empty()) row.set_message(bytes(change.message));
  row.set_at_ms(now);
  row.set_status(change.status);
  commit.appends.push_back({Family::feed, keys::head(place.workspace), row.SerializeAsString()});
}

// Precision of the inbox order. Each move of an inbox row costs two writes, so a reply shortly
// after its question does not move it.
constexpr Millis kInboxPrecision = 2000;

void encode_state(Decision& decision, const State& before, const Place& place,
                  const storage::DataKey& key, storage::Commit& commit) {
  std::string at = keys::conversation(place.workspace, place.conversation);
  record::Conversation& row = decision.next.row;
  if (row.sealed().empty()) {
    record::ConversationBody body = decision.next.body;
    body.set_external_thread(decision.next.thread);
    row.set_sealed(key.seal(storage::aad(Family::conversation, at), body.SerializeAsString()));
  }
  const Millis moved = row.last_activity_ms();
  if (!before.exists || moved - row.inbox_ms() >= kInboxPrecision) {
    if (before.exists)
      commit.erase(Family::inbox, keys::inbox(place.workspace, row.inbox_ms(), place.conversation));
    commit.put(Family::inbox, keys::inbox(place.workspace, moved, place.conversation), {});
    row.set_inbox_ms(moved);
  }
  commit.fence = storage::Fence{Family::conversation, at, before.version};
  commit.put(Family::conversation, std::move(at),
             storage::fenced_value(before.version + 1, row.SerializeAsString()));
}

void encode_outbox(Decision& decision, const Place& place, const Rules& rules, Millis now,
                   storage::Commit& commit) {
  record::Outbox row = outbox_row(decision, decision.next, rules, now);
  if (rules.has_provider) {
    row.set_state(record::Outbox::STATE_CLAIMED);
    row.set_claimed_ms(now);
    row.set_attempts(1);
  }
  commit.appends.push_back(
      {Family::outbox, keys::outbox_of(place.workspace, place.channel), row.SerializeAsString()});
  decision.outbox = std::move(row);
}

}  // namespace

Result<RowKeys> row_keys(storage::Vault& vault, const Id& workspace, const Id& contact) {
  auto own = vault.contact_key(workspace, contact);
  if (!own) return tl::unexpected(own.error());
  auto above = vault.workspace_key(workspace);
  if (!above) return tl::unexpected(above.error());
  return RowKeys{std::move(*own), std::move(*above), contact};
}

std::optional<ExternalEntry> StoredRows::external(const std::string& external_id) const {
  const auto row = storage::read<record::External>(reader_, Family::external,
                                                   place_of(external_id, place_, keys_));
  if (!row) broken_ = row.error();
  if (!row || !*row) return std::nullopt;
  ExternalEntry entry;
  entry.message = Id::from_view((*row)->message());
  const std::string aad = aad_of(external_id, place_);
  for (const auto& waiting : (*row)->waiting())
    if (auto event = open_early(waiting, aad)) entry.waiting.push_back(std::move(*event));
  return entry;
}

// It may be under another contact's key (erased, perhaps), if it names the person by another id.
std::optional<record::ParentedEvent> StoredRows::open_early(const record::WaitingEvent& waiting,
                                                            const std::string& aad) const {
  auto open = keys_.contact->open(aad, waiting.sealed());
  if (!open) open = keys_.workspace->open(aad, waiting.sealed());  // of an earlier version
  if (!open && !waiting.contact().empty() && waiting.contact() != keys_.contact_id.view()) {
    const auto key = vault_.contact_key(place_.workspace, Id::from_view(waiting.contact()));
    if (!key && key.error().code != Errc::not_found) broken_ = key.error();
    if (key) open = (*key)->open(aad, waiting.sealed());
  }
  record::ParentedEvent event;
  if (!open || !event.ParseFromString(*open)) return std::nullopt;
  return event;
}

void StoredRows::wrote(const StoredMessage& message) {
  std::erase_if(on_their_way_, [&](const StoredMessage& kept) { return kept.id == message.id; });
  const bool going = message.row.direction() == api::DIRECTION_OUT &&
                     message.row.status() == api::MESSAGE_STATUS_QUEUED && !message.row.deleted();
  if (!going) return;
  if (on_their_way_.size() == kOnTheirWay) on_their_way_.erase(on_their_way_.begin());
  on_their_way_.push_back(message);
}

std::optional<StoredMessage> StoredRows::message(const Id& id) const {
  for (const StoredMessage& kept : on_their_way_)
    if (kept.id == id) return kept;
  const std::string at = keys::message(place_.workspace, place_.conversation, id);
  auto value = reader_.get(Family::message, at);
  if (!value) {
    broken_ = value.error();
    return std::nullopt;
  }
  if (!*value) return std::nullopt;
  auto message = decode_message(at, **value, *keys_.contact);
  if (!message) {
    broken_ = message.error();
    return std::nullopt;
  }
  return std::move(*message);
}

namespace {

// If the channel's template list is known, an unknown template is returned empty (no status).
Result<std::optional<api::Template>> read_template(const storage::Reader& reader,
                                                   const Place& place,
                                                   const api::TemplateUse& use) {
  const auto stored = storage::read<record::Template>(
      reader, Family::message_template,
      keys::template_(place.workspace, place.channel, use.name(), use.language()));
  if (!stored) return tl::unexpected(stored.error());
  if (*stored) return (*stored)->template_();
  const auto channel = channel_rows::load(reader, place.workspace, place.channel);
  if (!channel && channel.error().code != Errc::not_found) return tl::unexpected(channel.error());
  if (!channel || !channel->channel().has_templates_synced_at()) return std::nullopt;
  return api::Template();
}

}  // namespace

std::optional<api::Template> StoredRows::template_of(const api::TemplateUse& use) const {
  auto found = read_template(reader_, place_, use);
  if (found) return std::move(*found);
  broken_ = found.error();
  return std::nullopt;
}

Result<StoredMessage> decode_message(std::string_view key, std::string_view value,
                                     const storage::DataKey& data_key) {
  StoredMessage message;
  const auto id = keys::last_id(key);
  if (!id || !message.row.ParseFromArray(value.data(), static_cast<int>(value.size())))
    return fail(Errc::corrupt, "a message's row is not readable");
  message.id = *id;
  auto body = data_key.open(storage::aad(Family::message, key), message.row.sealed());
  if (!body) return tl::unexpected(body.error());
  if (!message.body.ParseFromString(*body))
    return fail(Errc::corrupt, "a message's body is not readable");
  message.row.clear_sealed();
  move_ids_back(message.body, message.row);
  return message;
}

Result<std::optional<record::External>> load_external(const storage::Reader& reader,
                                                      storage::Vault& vault, const Id& workspace,
                                                      const Id& channel,
                                                      const std::string& external_id) {
  const auto key = vault.workspace_key(workspace);
  if (!key) return tl::unexpected(key.error());
  return storage::read<record::External>(
      reader, Family::external, keys::external(workspace, channel, (*key)->mac(external_id)));
}

Result<bool> is_opted_out(const storage::Reader& reader, const Place& place,
                          const std::optional<api::TemplateUse>& use) {
  const auto consent = load_consent(reader, place.workspace, place.conversation);
  if (!consent) return tl::unexpected(consent.error());
  if (!*consent) return false;
  if (!use) return forbids(**consent, false);
  const auto found = read_template(reader, place, *use);
  if (!found) return tl::unexpected(found.error());
  return forbids(**consent, *found && is_marketing(**found));
}

Result<State> load_state(const storage::Reader& reader, const Place& place) {
  const std::string at = keys::conversation(place.workspace, place.conversation);
  auto value = reader.get(Family::conversation, at);
  if (!value) return tl::unexpected(value.error());
  State state;
  if (!*value) {  // the consent of an erased contact still applies
    auto consent = load_consent(reader, place.workspace, place.conversation);
    if (!consent) return tl::unexpected(consent.error());
    if (*consent) *state.row.mutable_consent() = std::move(**consent);
    return state;
  }
  const auto fenced = storage::split_fenced(**value);
  if (!fenced ||
      !state.row.ParseFromArray(fenced->second.data(), static_cast<int>(fenced->second.size())))
    return fail(Errc::corrupt, "a conversation's row is not readable");
  if (state.row.has_consent()) mark_events(*state.row.mutable_consent());
  state.exists = true;
  state.version = fenced->first;
  return state;
}

Result<void> open_state(const Place& place, const storage::DataKey& key, State& state) {
  const std::string at = keys::conversation(place.workspace, place.conversation);
  auto body = key.open(storage::aad(Family::conversation, at), state.row.sealed());
  record::ConversationBody opened;
  if (!body || !opened.ParseFromString(*body))
    return fail(Errc::corrupt, "a conversation's body is not readable");
  state.thread = opened.external_thread();
  state.body = std::move(opened);
  return {};
}

void encode(Decision& decision, const State& before, const Place& place, const Rules& rules,
            const RowKeys& keys, Millis now, storage::Commit& commit) {
  for (const auto& message : decision.messages)
    encode_message(message, decision.next.row.contact(), place, *keys.contact, commit);
  for (const auto& media : decision.media)
    encode_new_media(media, decision, place, *keys.contact, now, commit);
  for (const auto& change : decision.externals) encode_external(change, place, keys, commit);
  for (const auto& change : decision.unsupported) encode_unsupported(change, place, commit);
  for (const auto& timer : decision.timers) encode_timer(timer, place, commit);
  for (const auto& change : decision.feed) encode_feed(change, place, now, commit);
  for (const Metric metric : decision.usage)
    commit.usage.push_back({static_cast<std::uint16_t>(metric), 1});
  if (decision.next.exists && decision.state_changed)
    encode_state(decision, before, place, *keys.contact, commit);
  if (decision.consent_changed)
    commit.put(Family::consent, keys::consent(place.workspace, place.conversation),
               decision.next.row.consent().SerializeAsString());
  if (decision.send || decision.react) encode_outbox(decision, place, rules, now, commit);
}

void encode_contact(const Id& workspace, const Id& contact, const record::ContactBody& body,
                    record::Contact row, const storage::DataKey& key, Millis now,
                    storage::Commit& commit) {
  std::string at = keys::contact(workspace, contact);
  row.set_updated_ms(now);
  row.set_sealed(key.seal(storage::aad(Family::contact, at), body.SerializeAsString()));
  commit.put(Family::contact, std::move(at), row.SerializeAsString());
}

void encode_new_contact(const Decision& decision, const std::optional<record::ContactBody>& joined,
                        const Place& place, const storage::DataKey& key, Millis now,
                        storage::Commit& commit) {
  const State& state = decision.next;
  record::ContactBody body;
  if (joined) take_name(body, *joined, decision.joined->newer_name);
  if (decision.contact_name) tell_name(body, *decision.contact_name);
  add_identities(body, place, state.row.channel_type(), state.thread, decision.identities);
  if (decision.given_up) give_up(body, *decision.given_up, decision.identities);
  record::Contact row;
  row.set_created_ms(now);
  row.set_conversation(bytes(place.conversation));
  encode_contact(place.workspace, Id::from_view(state.row.contact()), body, row, key, now, commit);
}

Result<record::ContactBody> load_contact(const storage::Reader& reader, const Id& workspace,
                                         const Id& contact, const storage::DataKey& key,
                                         record::Contact* row) {
  const std::string at = keys::contact(workspace, contact);
  auto stored = storage::read_existing<record::Contact>(reader, Family::contact, at,
                                                        "There is no such contact.");
  if (!stored) return tl::unexpected(stored.error());
  auto open = key.open(storage::aad(Family::contact, at), stored->sealed());
  record::ContactBody body;
  if (!open || !body.ParseFromString(*open))
    return fail(Errc::corrupt, "a contact's body is not readable");
  if (row != nullptr) *row = std::move(*stored);
  return body;
}

}  // namespace aura::conversation
