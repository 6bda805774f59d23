#include "actors/engine/engine_access.h"

#include "actors/access/api_key.h"
#include "actors/access/idempotency.h"
#include "actors/queries/cursor.h"
#include "actors/refusal.h"
#include "runtime/in_ms.h"
#include "storage/keys.h"
#include "storage/read.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr Millis kNoteEvery = 3'600'000;

// The key's id is the first half of its hash, with which its row's key begins.
Id id_of(std::string_view hash) { return Id::from_view(hash.substr(0, 16)); }

bool has_expired(Millis expires, Millis now) { return expires != 0 && expires <= now; }

api::ApiKey shown(std::string_view hash, const record::ApiKey& row) {
  api::ApiKey key;
  key.set_id(format_id(IdType::api_key, id_of(hash)));
  key.set_name(row.name());
  key.set_scope(row.read_only() ? api::API_KEY_SCOPE_READ : api::API_KEY_SCOPE_FULL);
  key.set_created_at(row.created_ms());
  if (row.expires_ms() != 0) key.set_expires_at(row.expires_ms());
  if (row.last_used_ms() != 0) key.set_last_used_at(row.last_used_ms());
  return key;
}

Error no_key() { return {Errc::not_found, "There is no such API key.", {}}; }

Error no_workspace(Error unread) {
  if (unread.code == Errc::not_found) unread.detail = "There is no such workspace.";
  return unread;
}

}  // namespace

Result<std::optional<record::ApiKey>> EngineAccess::row_of(const Id& workspace,
                                                           const std::string& hash) const {
  return storage::read<record::ApiKey>(services_.reader, Family::api_key,
                                       keys::api_key(workspace, hash));
}

Result<std::optional<KeyGrant>> EngineAccess::grant_of(const std::string& key) {
  const auto workspace = api_key::workspace_of(key);
  if (!workspace) return std::nullopt;
  const std::string hash = api_key::hash(key);
  const Millis now = services_.clock.now_ms();
  auto known = known_.get(hash);
  if (!known) {
    const auto row = row_of(*workspace, hash);
    if (!row) return tl::unexpected(row.error());
    if (!*row) return std::nullopt;
    known = Known{{*workspace, (*row)->read_only()}, (*row)->expires_ms(), (*row)->last_used_ms()};
    known_.put(hash, *known);
  }
  {
    const std::lock_guard lock(revoked_mutex_);
    if (revoked_.contains(hash)) return std::nullopt;
  }
  if (has_expired(known->expires, now)) return std::nullopt;
  if (now - known->noted >= kNoteEvery) {
    known->noted = now;
    known_.put(hash, *known);
    note_use(*workspace, hash, now);
  }
  return known->grant;
}

void EngineAccess::note_use(const Id& workspace, const std::string& hash, Millis now) {
  const std::lock_guard lock(revoked_mutex_);
  if (revoked_.contains(hash)) return;
  auto row = row_of(workspace, hash);
  if (!row || !*row) return;
  (*row)->set_last_used_ms(now);
  storage::Commit commit;
  commit.workspace = workspace;
  commit.put(Family::api_key, keys::api_key(workspace, hash), (*row)->SerializeAsString());
  services_.log.submit(std::move(commit), [](const storage::CommitResult&) {});
}

Result<List<api::ApiKey>> EngineAccess::keys_of(const Id& workspace, const Page& page) const {
  const auto known = services_.vault.workspace_key(workspace);
  if (!known) return tl::unexpected(no_workspace(known.error()));
  const std::string head = keys::head(workspace);
  const auto start = cursor::begin_of(Family::api_key, head, page.after);
  if (!start) return tl::unexpected(start.error());
  const auto rows = services_.reader.scan(Family::api_key, head, *start, page.limit + 1);
  if (!rows) return tl::unexpected(rows.error());
  List<api::ApiKey> list;
  for (std::size_t i = 0; i < rows->size() && i < page.limit; ++i) {
    const auto row = storage::parse<record::ApiKey>((*rows)[i].value);
    if (!row) return tl::unexpected(row.error());
    list.data.push_back(shown(std::string_view((*rows)[i].key).substr(head.size()), *row));
  }
  if (rows->size() > page.limit)
    list.next = cursor::next(Family::api_key, head, (*rows)[page.limit - 1].key);
  return list;
}

void EngineAccess::create(const Id& workspace, const api::ApiKeyInput& input,
                          const MaybeIdempotency& once, Reply<api::ApiKey> reply) {
  const Millis now = services_.clock.now_ms();
  const auto key = services_.vault.workspace_key(workspace);
  if (!key) return reply(tl::unexpected(no_workspace(key.error())));
  if (auto earlier = idempotency::find<api::ApiKey>(services_.reader, workspace, once, **key, now))
    return reply(std::move(*earlier));
  const std::string secret = api_key::make(workspace);
  const std::string hash = api_key::hash(secret);
  record::ApiKey row;
  row.set_name(input.name());
  row.set_created_ms(now);
  if (input.has_expires_in_days())
    row.set_expires_ms(now + input.expires_in_days() * in_ms(std::chrono::hours(24)));
  row.set_read_only(input.scope() == api::API_KEY_SCOPE_READ);
  api::ApiKey made = shown(hash, row);
  made.set_api_key(secret);
  storage::Commit commit;
  commit.workspace = workspace;
  commit.put(Family::api_key, keys::api_key(workspace, hash), row.SerializeAsString());
  commit.audit = storage::AuditEntry{now, storage::kOperator, "api_key.create", made.id()};
  idempotency::remember(workspace, once, made, **key, {}, now, commit);
  services_.log.submit(std::move(commit), [reply, made](const storage::CommitResult& result) {
    if (result.code != Errc::ok) return refuse(reply, result.code);
    reply(made);
  });
}

void EngineAccess::revoke(const Id& workspace, const Id& key, Reply<std::monostate> reply) {
  const std::string head = keys::head(workspace);
  const auto rows = services_.reader.scan(Family::api_key, head + std::string(key.view()), {}, 1);
  if (!rows) return reply(tl::unexpected(rows.error()));
  if (rows->empty()) return reply(tl::unexpected(no_key()));
  const std::string at = rows->front().key, hash = at.substr(head.size());
  {
    const std::lock_guard lock(revoked_mutex_);
    revoked_.insert(hash);
  }
  storage::Commit commit;
  commit.workspace = workspace;
  commit.erase(Family::api_key, at);
  commit.audit = storage::AuditEntry{services_.clock.now_ms(), storage::kOperator, "api_key.revoke",
                                     format_id(IdType::api_key, key)};
  services_.log.submit(std::move(commit), [this, reply, hash](const storage::CommitResult& result) {
    if (result.code == Errc::ok) return reply(std::monostate{});
    {
      const std::lock_guard lock(revoked_mutex_);
      revoked_.erase(hash);
    }
    refuse(reply, result.code);
  });
}

}  // namespace aura
