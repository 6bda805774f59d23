#include "actors/contact_merges.h"

#include "storage/keys.h"
#include "storage/read.h"

namespace aura::contact_merges {

namespace keys = storage::keys;
using storage::Family;

Result<std::optional<record::ContactMerge>> of(const storage::Reader& reader, const Id& workspace,
                                               const Id& contact) {
  return storage::read<record::ContactMerge>(reader, Family::merge,
                                             keys::merge(workspace, contact));
}

Result<std::optional<Id>> whole_of(const storage::Reader& reader, const Id& workspace,
                                   const Id& contact) {
  const auto row = of(reader, workspace, contact);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  return Id::from_view((*row)->into());
}

Result<std::vector<Id>> parts_of(const storage::Reader& reader, const Id& workspace,
                                 const Id& contact, std::size_t limit) {
  const auto rows = reader.scan(Family::merge, keys::merged_of(workspace, contact), {}, limit);
  if (!rows) return tl::unexpected(rows.error());
  std::vector<Id> parts;
  for (const auto& row : *rows)
    if (const auto part = keys::last_id(row.key)) parts.push_back(*part);
  return parts;
}

void put(const Id& workspace, const Id& part, const Id& whole, const Id& continued_in, Millis now,
         storage::Commit& commit) {
  record::ContactMerge row;
  row.set_into(std::string(whole.view()));
  row.set_at_ms(now);
  if (!continued_in.empty()) row.set_continued_in(std::string(continued_in.view()));
  commit.put(Family::merge, keys::merge(workspace, part), row.SerializeAsString());
  commit.put(Family::merge, keys::merged(workspace, whole, part), {});
}

void erase(const Id& workspace, const Id& part, const Id& whole, storage::Commit& commit) {
  commit.erase(Family::merge, keys::merge(workspace, part));
  commit.erase(Family::merge, keys::merged(workspace, whole, part));
}

}  // namespace aura::contact_merges
