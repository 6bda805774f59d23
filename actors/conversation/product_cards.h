// Product cards from the workspace's catalog. Their content is copied when the message is written,
// so that later catalog changes do not alter it. Point reads; used on the conversation actor.
#pragma once

#include "runtime/ids.h"
#include "runtime/result.h"
#include "storage/schema/api.pb.h"
#include "storage/store.h"

namespace aura::conversation {

// Fills in the cards of the items in `products`. Errc::invalid names the first missing item.
Result<void> fill_cards(const storage::Reader& reader, const Id& workspace,
                        api::ProductCards& products);

}  // namespace aura::conversation
