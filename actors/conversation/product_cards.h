// Product cards of the workspace's own catalog: what they show is read when the message is written,
// so that it stays what was said. Point reads; the conversation's thread.
#pragma once

#include "runtime/ids.h"
#include "runtime/result.h"
#include "storage/schema/api.pb.h"
#include "storage/store.h"

namespace aura::conversation {

// Fills in the cards of items that `products` names. Errc::invalid names the one that is missing.
Result<void> fill_cards(const storage::Reader& reader, const Id& workspace,
                        api::ProductCards& products);

}  // namespace aura::conversation
