#include "actors/catalog/read_index.h"

#include "actors/catalog/snapshot.h"
#include "storage/keys.h"
#include "storage/read.h"
#include "storage/schema/records.pb.h"

namespace aura::catalog {

namespace keys = storage::keys;
using storage::Family;

namespace {

// Calls `take(id, row)` for each row of the workspace that can be parsed.
template <class Record, class Take>
Result<void> read_all(const storage::Reader& reader, Family family, const Id& workspace,
                      Take take) {
  return reader.for_each(family, keys::head(workspace),
                         [&](std::string_view key, std::string_view value) {
                           Record row;
                           const auto id = keys::last_id(key);
                           if (id && row.ParseFromArray(value.data(), int(value.size())))
                             take(*id, row);
                           return true;
                         });
}

}  // namespace

Result<std::shared_ptr<const agent::RetrievalIndex>> read_index(const storage::Reader& reader,
                                                                const Id& workspace) {
  const auto profile =
      storage::read<record::Workspace>(reader, Family::workspace, keys::workspace(workspace));
  if (!profile) return tl::unexpected(profile.error());
  std::vector<agent::CatalogItem> items;
  auto read = read_all<record::Item>(
      reader, Family::item, workspace,
      [&](const Id& id, const record::Item& row) { items.push_back(to_agent(id, row.item())); });
  if (!read) return tl::unexpected(read.error());
  std::vector<agent::Document> documents;
  read = read_all<record::Document>(reader, Family::document, workspace,
                                    [&](const Id& id, const record::Document& row) {
                                      documents.push_back(to_agent(id, row.document()));
                                    });
  if (!read) return tl::unexpected(read.error());
  return agent::RetrievalIndex::build(to_agent(profile->value_or(record::Workspace()).workspace()),
                                      std::move(items), std::move(documents));
}

}  // namespace aura::catalog
