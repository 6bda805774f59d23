#include "actors/queries/audit_queries.h"

#include <cstring>

#include "actors/queries/cursor.h"
#include "runtime/hex.h"
#include "storage/audit/head.h"
#include "storage/keys.h"
#include "storage/schema/audit.pb.h"

namespace aura {
namespace {

namespace keys = storage::keys;

api::AuditEntry shown(const record::Audit& row) {
  api::AuditEntry entry;
  entry.set_number(row.number());
  entry.set_created_at(row.at_ms());
  entry.set_actor(row.actor());
  entry.set_action(row.action());
  entry.set_subject(row.subject());
  entry.set_detail(row.detail());
  if (!row.workspace().empty())
    entry.set_workspace_id(format_id(IdType::workspace, Id::from_view(row.workspace())));
  entry.set_previous_hash(to_hex(row.previous_hash()));
  entry.set_hash(to_hex(row.hash()));
  return entry;
}

}  // namespace

Result<List<api::AuditEntry>> read_audit(const storage::Reader& reader, const Id& chain,
                                         const Page& page) {
  const std::string head = keys::head(chain);
  const auto start = cursor::begin_of(storage::Family::audit, head, page.after);
  if (!start) return tl::unexpected(start.error());
  const auto rows = reader.scan(storage::Family::audit, head, *start, page.limit + 1);
  if (!rows) return tl::unexpected(rows.error());
  List<api::AuditEntry> list;
  for (std::size_t i = 0; i < rows->size() && i < page.limit; ++i) {
    record::Audit row;
    if (!row.ParseFromString((*rows)[i].value))
      return fail(Errc::corrupt, "A stored row is not readable.");
    list.data.push_back(shown(row));
  }
  if (rows->size() > page.limit)
    list.next = cursor::next(storage::Family::audit, head, (*rows)[page.limit - 1].key);
  return list;
}

Result<List<api::AuditHead>> read_audit_heads(const storage::Reader& reader) {
  List<api::AuditHead> list;
  auto read = reader.for_each(
      storage::Family::meta, storage::kAuditHeadRows,
      [&](std::string_view key, std::string_view value) {
        record::AuditHead row;
        if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) return true;
        const Id chain = Id::from_view(key.substr(std::strlen(storage::kAuditHeadRows)));
        api::AuditHead& head = list.data.emplace_back();
        if (!chain.empty()) head.set_workspace_id(format_id(IdType::workspace, chain));
        head.set_number(row.number());
        head.set_hash(to_hex(row.hash()));
        head.set_signed_ms(row.at_ms());
        head.set_public_key(to_hex(row.public_key()));
        head.set_signature(to_hex(row.signature()));
        return true;
      });
  if (!read) return tl::unexpected(read.error());
  return list;
}

}  // namespace aura
