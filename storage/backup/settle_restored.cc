#include "storage/backup/settle_restored.h"

#include <set>

#include "storage/big_endian.h"
#include "storage/commit/writer.h"
#include "storage/database_reader.h"
#include "storage/format.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"
#include "storage/vault/erase_contact.h"

namespace aura::storage {
namespace {

constexpr std::uint64_t kSequenceLeap = std::uint64_t{1} << 32;
constexpr std::size_t kRowsACommit = 500;

struct Contact {
  Id workspace, id;
};

class Settling {
 public:
  Settling(Database& database, Keyring& keyring, const Clock& clock, Writer& writer)
      : reader_(database), keyring_(keyring), clock_(clock), writer_(writer) {}

  Result<void> erase_again() {
    std::vector<Contact> destroyed;
    auto read = keyring_.for_each([&](std::string_view key, std::string_view value) {
      if (key.size() == 1 + 2 * 16 && key[0] == 'C' && value.empty())
        destroyed.push_back({Id::from_view(key.substr(1, 16)), Id::from_view(key.substr(17))});
      return true;
    });
    for (std::size_t i = 0; read && i < destroyed.size(); ++i) read = erase(destroyed[i]);
    return read ? erase_links() : read;
  }

  Result<void> flag_sends() {
    Result<void> done;
    auto read =
        reader_.for_each(Family::outbox, "", [&](std::string_view key, std::string_view value) {
          record::Outbox row;
          const auto tail = keys::split(key);
          if (!tail || !row.ParseFromArray(value.data(), static_cast<int>(value.size())))
            return true;
          commit_.workspace = tail->workspace;
          if (erased_.contains({tail->workspace, Id::from_view(row.conversation())})) {
            commit_.erase(Family::outbox, std::string(key));
          } else {
            row.set_maybe_duplicate(true);
            commit_.put(Family::outbox, std::string(key), row.SerializeAsString());
            ++settled.unsure_sends;
          }
          if (commit_.mutations.size() >= kRowsACommit) done = submit();
          return done.has_value();
        });
    if (!read) return read;
    return done ? submit() : done;
  }

  Result<void> note(std::uint64_t position) {
    commit_.audit = AuditEntry{clock_.now_ms(), kOperator, "backup.restore",
                               "position " + std::to_string(position),
                               std::to_string(settled.erased_contacts) + " contacts erased again"};
    return submit();
  }

  Settled settled;

 private:
  Result<void> erase(const Contact& contact) {
    const auto value = reader_.get(Family::contact, keys::contact(contact.workspace, contact.id));
    if (!value) return tl::unexpected(value.error());
    record::Contact row;
    if (!*value) return {};
    if (!row.ParseFromString(**value)) row.Clear();
    const auto place = place_of(contact, Id::from_view(row.conversation()));
    if (!place) return tl::unexpected(place.error());
    commit_.workspace = contact.workspace;
    erase_contact_rows(*place, commit_);
    erased_.insert({contact.workspace, place->conversation});
    if (auto erased = erase_merges(reader_, contact.workspace, contact.id, commit_); !erased)
      return erased;
    ++settled.erased_contacts;
    return submit();
  }

  Result<ContactPlace> place_of(const Contact& contact, const Id& conversation) const {
    ContactPlace place{contact.workspace, contact.id, {}, conversation};
    const auto value =
        reader_.get(Family::conversation, keys::conversation(contact.workspace, conversation));
    if (!value) return tl::unexpected(value.error());
    const auto parts = *value ? split_fenced(**value) : std::nullopt;
    record::Conversation row;
    if (!parts || !row.ParseFromArray(parts->second.data(), static_cast<int>(parts->second.size())))
      return place;
    place.channel = Id::from_view(row.channel());
    place.inbox_ms = row.inbox_ms();
    return place;
  }

  // The keys of these rows are hashes of erased ids, so the rows are found by the conversation that
  // they refer to.
  Result<void> erase_links() {
    if (erased_.empty()) return {};
    auto read =
        reader_.for_each(Family::identity, "", [&](std::string_view key, std::string_view value) {
          record::IdentityLink row;
          const auto tail = keys::split(key);
          if (tail && row.ParseFromArray(value.data(), static_cast<int>(value.size())) &&
              erased_.contains({tail->workspace, Id::from_view(row.conversation())}))
            commit_.erase(Family::identity, std::string(key));
          return true;
        });
    return read ? submit() : read;
  }

  Result<void> submit() {
    if (commit_.mutations.empty() && !commit_.audit) return {};
    Errc code = Errc::internal;
    writer_.submit(std::exchange(commit_, {}),
                   [&](const CommitResult& result) { code = result.code; });
    writer_.run_group();
    if (code == Errc::ok) return {};
    return fail(code, "the restored data could not be written");
  }

  const DatabaseReader reader_;
  Keyring& keyring_;
  const Clock& clock_;
  Writer& writer_;
  Commit commit_;
  std::set<std::pair<Id, Id>> erased_;  // workspace, conversation
};

}  // namespace

Result<Settled> settle_restored(Database& database, Keyring& keyring, const Clock& clock,
                                std::uint64_t position) {
  std::string leap;
  append_big(leap, position + kSequenceLeap);
  std::string lineage;
  append_big(lineage, position);
  append_big(lineage, static_cast<std::uint64_t>(clock.now_ms()));
  rocksdb::WriteBatch rows;
  rows.Put(kLastSequenceRow, leap);
  rows.Put(kLineageRow, lineage);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  if (const auto status = database.db().Write(synced, &rows); !status.ok())
    return tl::unexpected(to_error(status, "writing the restored data"));
  auto writer = Writer::create(database, keyring, clock);
  if (!writer) return tl::unexpected(writer.error());
  Settling settling(database, keyring, clock, **writer);
  auto done = settling.erase_again();
  if (done) done = settling.flag_sends();
  if (done) done = settling.note(position);
  if (!done) return tl::unexpected(done.error());
  return settling.settled;
}

}  // namespace aura::storage
