#include "actors/queries/audit_queries.h"

#include "actors/queries/cursor.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {
namespace {

namespace keys = storage::keys;

std::string hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    text += kDigits[static_cast<unsigned char>(c) >> 4];
    text += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

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
  entry.set_previous_hash(hex(row.previous_hash()));
  entry.set_hash(hex(row.hash()));
  return entry;
}

}  // namespace

Result<List<api::AuditEntry>> read_audit(const storage::Reader& reader, const Id& chain,
                                         const Page& page) {
  const std::string head = keys::head(chain);
  std::string start = head;
  if (!page.after.empty()) {
    const auto last = cursor::decode(page.after);
    if (!last || last->empty())
      return fail(Errc::invalid, "after is not a cursor of this list.", "after");
    start += *last + '\0';
  }
  const auto rows = reader.scan(storage::Family::audit, head, start, page.limit + 1);
  if (!rows) return tl::unexpected(rows.error());
  List<api::AuditEntry> list;
  for (std::size_t i = 0; i < rows->size() && i < page.limit; ++i) {
    record::Audit row;
    if (!row.ParseFromString((*rows)[i].value))
      return fail(Errc::corrupt, "A stored row is not readable.");
    list.data.push_back(shown(row));
  }
  if (rows->size() > page.limit)
    list.next = cursor::encode((*rows)[page.limit - 1].key.substr(head.size()));
  return list;
}

}  // namespace aura
