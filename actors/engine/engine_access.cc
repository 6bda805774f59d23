#include "actors/engine/engine_access.h"

#include "actors/access/api_key.h"
#include "storage/keys.h"

namespace aura {

Result<std::optional<Id>> EngineAccess::workspace_of(const std::string& key) const {
  const auto workspace = api_key::workspace_of(key);
  if (!workspace) return std::nullopt;
  const std::string hash = api_key::hash(key);
  if (const auto known = known_.get(hash)) return known;
  const auto row =
      services_.reader.get(storage::Family::api_key, storage::keys::api_key(*workspace, hash));
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  known_.put(hash, *workspace);
  return workspace;
}

}  // namespace aura
