// Finds the conversation of a message. The message id ends with the first bytes of the conversation
// id, so no index is needed. A short scan: call on a read thread.
#pragma once

#include <optional>

#include "runtime/ids.h"
#include "storage/store.h"

namespace aura::conversation {

// nullopt: there is no such message.
Result<std::optional<Id>> owner_of_message(const storage::Reader& reader, const Id& workspace,
                                           const Id& message);

}  // namespace aura::conversation
