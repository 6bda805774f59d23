// Migration to format 3. Older data has provider ids in plain text in its row keys, and they
// contain phone numbers (a wamid is base64 of one). Each such row is moved to a key with a keyed
// hash before an engine uses the data. A row in the default family records that this is done, so
// restored older backups are migrated again. Called when the storage is opened; blocks.
#pragma once

#include "storage/database.h"
#include "storage/store.h"

namespace aura::storage {

// Can be interrupted: the next call continues.
Result<void> hide_external_ids(Database& database, Vault& vault);

}  // namespace aura::storage
