// Which conversation a message belongs to: its id ends with the first bytes of the conversation's,
// so no index is needed. A short scan: on a read thread.
#pragma once

#include <optional>

#include "runtime/ids.h"
#include "storage/store.h"

namespace aura::conversation {

// None: there is no such message.
Result<std::optional<Id>> owner_of_message(const storage::Reader& reader, const Id& workspace,
                                           const Id& message);

}  // namespace aura::conversation
