// Data of before format 3 has the rows of providers' ids under the ids themselves, which hold
// people's numbers (a wamid is base64 over one). Each such row is given its keyed place before an
// engine works on the data; a row of the default family says that this is done, so that a restore
// of an older backup has it done again. Run by the one who opens the storage; blocks.
#pragma once

#include "storage/database.h"
#include "storage/store.h"

namespace aura::storage {

// May be cut off: the next call goes on.
Result<void> hide_external_ids(Database& database, Vault& vault);

}  // namespace aura::storage
