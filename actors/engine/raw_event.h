// A webhook item, sealed in its journal row. The seal also covers what the row says of it (whose it
// is, from where, when it came): an item cannot be put into another row. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "runtime/result.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"
#include "storage/store.h"

namespace aura::raw_event {

inline std::string aad_of(const Id& workspace, const record::Journal& row) {
  return storage::aad(storage::Family::journal, storage::keys::head(workspace) + row.channel() +
                                                    "|" + std::to_string(row.received_ms()) + "|" +
                                                    row.source());
}

// All other fields of the row are final.
inline void seal(const storage::DataKey& key, const Id& workspace, std::string_view item,
                 record::Journal& row) {
  row.set_sealed(key.seal(aad_of(workspace, row), item));
}

inline Result<std::string> open(const storage::DataKey& key, const Id& workspace,
                                const record::Journal& row) {
  if (auto item = key.open(aad_of(workspace, row), row.sealed())) return item;
  // Rows of earlier versions are sealed for their workspace only.
  const auto earlier = storage::aad(storage::Family::journal, storage::keys::head(workspace));
  return key.open(earlier, row.sealed());
}

}  // namespace aura::raw_event
