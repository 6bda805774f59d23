#include "storage/vault/external_ids.h"

#include "runtime/log.h"
#include "storage/keys.h"

namespace aura::storage {
namespace {

constexpr const char* kHiddenRow = "external_ids_hidden";  // → empty
constexpr std::size_t kRowsABatch = 1000;

constexpr std::size_t kChannel = 16, kMac = 32;

// No provider id begins with a NUL byte.
bool is_hidden(std::string_view rest) {
  return rest.size() == kChannel + 1 + kMac && rest[kChannel] == '\0';
}

// The new key; nothing if the workspace's key no longer exists (the row is orphaned).
Result<std::optional<std::string>> hidden_place(const keys::Tail& tail, Vault& vault) {
  const auto key = vault.workspace_key(tail.workspace);
  if (!key && key.error().code == Errc::not_found) return std::nullopt;
  if (!key) return tl::unexpected(key.error());
  return keys::external(tail.workspace, Id::from_view(tail.rest.substr(0, kChannel)),
                        (*key)->mac(tail.rest.substr(kChannel)));
}

Result<void> write(Database& database, rocksdb::WriteBatch& batch) {
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const rocksdb::Status status = database.db().Write(synced, &batch);
  batch.Clear();
  if (status.ok()) return {};
  return tl::unexpected(to_error(status, "hiding external ids"));
}

}  // namespace

Result<void> hide_external_ids(Database& database, Vault& vault) {
  std::string done;
  rocksdb::Status status = database.db().Get({}, kHiddenRow, &done);
  if (status.ok()) return {};
  if (!status.IsNotFound()) return tl::unexpected(to_error(status, "reading external ids"));
  rocksdb::ColumnFamilyHandle* const family = database.handle(Family::external);
  rocksdb::WriteBatch batch;
  std::size_t moved = 0;
  {
    const std::unique_ptr<rocksdb::Iterator> row(database.db().NewIterator({}, family));
    for (row->SeekToFirst(); row->Valid(); row->Next()) {
      const auto tail = keys::split(row->key().ToStringView());
      if (!tail || tail->rest.size() <= kChannel || is_hidden(tail->rest)) continue;
      const auto place = hidden_place(*tail, vault);
      if (!place) return tl::unexpected(place.error());
      if (*place) batch.Put(family, **place, row->value());
      batch.Delete(family, row->key());
      if (++moved % kRowsABatch != 0) continue;
      if (auto written = write(database, batch); !written) return written;
    }
    if (!row->status().ok()) return tl::unexpected(to_error(row->status(), "reading external ids"));
  }
  batch.Put(kHiddenRow, "");
  if (auto written = write(database, batch); !written || moved == 0) return written;
  log::info("external_ids_hidden", {{"rows", moved}});
  // Compact, because deleted keys would otherwise stay in the files until the next compaction.
  status = database.db().CompactRange({}, family, nullptr, nullptr);
  if (!status.ok()) return tl::unexpected(to_error(status, "hiding external ids"));
  return {};
}

}  // namespace aura::storage
