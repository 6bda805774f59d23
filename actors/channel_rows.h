// The stored rows of channels: read, with their credentials opened and sealed under the workspace's
// key. Point reads and no state: whoever has the reader and the vault may call, on any thread.
#pragma once

#include "storage/schema/records.pb.h"
#include "storage/store.h"

namespace aura::channel_rows {

// Errc::not_found if there is no such channel; any other error says that this cannot be known.
Result<record::Channel> load(const storage::Reader& reader, const Id& workspace, const Id& channel);

// Empty if the row has none.
Result<api::Credentials> open_credentials(storage::Vault& vault, const Id& workspace,
                                          const Id& channel, const record::Channel& row);
Result<void> seal_credentials(storage::Vault& vault, const Id& workspace, const Id& channel,
                              const api::Credentials& credentials, record::Channel& row);

void put(const Id& workspace, const Id& channel, const record::Channel& row,
         storage::Commit& commit);

}  // namespace aura::channel_rows
