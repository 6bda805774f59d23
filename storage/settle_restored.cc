#include "storage/settle_restored.h"

#include <set>

#include "storage/big_endian.h"
#include "storage/database_reader.h"
#include "storage/format.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"
#include "storage/writer.h"

namespace aura::storage {
namespace {

constexpr std::uint64_t kSequenceLeap = std::uint64_t{1} << 32;
constexpr std::size_t kRowsACommit = 500;
constexpr std::size_t kAll = SIZE_MAX;

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
  void erase_prefix(Family family, std::string prefix) {
    commit_.mutations.push_back({Mutation::Op::erase_prefix, family, std::move(prefix), {}});
  }

  Result<void> erase(const Contact& contact) {
    const std::string at = keys::contact(contact.workspace, contact.id);
    const auto value = reader_.get(Family::contact, at);
    if (!value) return tl::unexpected(value.error());
    if (!*value) return {};
    commit_.workspace = contact.workspace;
    commit_.erase(Family::contact, at);
    record::Contact row;
    if (row.ParseFromString(**value))
      if (auto erased = erase_conversation(contact, Id::from_view(row.conversation())); !erased)
        return erased;
    for (const Family family : {Family::media, Family::blob})
      erase_prefix(family, keys::media_of(contact.workspace, contact.id));
    if (auto erased = erase_merges(contact); !erased) return erased;
    ++settled.erased_contacts;
    return submit();
  }

  Result<void> erase_conversation(const Contact& contact, const Id& conversation) {
    const std::string at = keys::conversation(contact.workspace, conversation);
    const auto value = reader_.get(Family::conversation, at);
    if (!value) return tl::unexpected(value.error());
    erased_.insert({contact.workspace, conversation});
    erase_prefix(Family::message, keys::messages_of(contact.workspace, conversation));
    const auto parts = *value ? split_fenced(**value) : std::nullopt;
    record::Conversation row;
    if (parts && row.ParseFromArray(parts->second.data(), static_cast<int>(parts->second.size())))
      commit_.erase(Family::inbox, keys::inbox(contact.workspace, row.inbox_ms(), conversation));
    commit_.erase(Family::conversation, at);
    return {};
  }

  Result<void> erase_merges(const Contact& contact) {
    const std::string own = keys::merge(contact.workspace, contact.id);
    const auto into = reader_.get(Family::merge, own);
    if (!into) return tl::unexpected(into.error());
    record::ContactMerge row;
    if (*into && row.ParseFromString(**into)) {
      commit_.erase(Family::merge, own);
      commit_.erase(Family::merge,
                    keys::merged(contact.workspace, Id::from_view(row.into()), contact.id));
    }
    const auto parts =
        reader_.scan(Family::merge, keys::merged_of(contact.workspace, contact.id), "", kAll);
    if (!parts) return tl::unexpected(parts.error());
    for (const Row& part : *parts) {
      commit_.erase(Family::merge, part.key);
      if (const auto from = keys::last_id(part.key))
        commit_.erase(Family::merge, keys::merge(contact.workspace, *from));
    }
    return {};
  }

  // Their keys are hashes of what can no longer be read: found by what they lead to.
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
