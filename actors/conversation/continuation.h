// A person whose number changed may have written from the new one before the change was known:
// their two conversations stay, each with its key, and are one thread to whoever reads them. Point
// reads and short scans, no state; any thread.
#pragma once

#include <optional>
#include <vector>

#include "storage/store.h"

namespace aura::conversation {

// The conversation in which the contact's own goes on, unless somebody has parted the two since.
Result<std::optional<Id>> continued_in(const storage::Reader& reader, const Id& workspace,
                                       const Id& contact);
// The conversations that go on in this one of `contact`.
Result<std::vector<Id>> continued_by(const storage::Reader& reader, const Id& workspace,
                                     const Id& conversation, const Id& contact);

}  // namespace aura::conversation
