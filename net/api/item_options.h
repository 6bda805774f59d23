// Checks an item's options. They are free JSON, but the agent tells customers the prices in them,
// so the prices must be well formed. Each Error names the member. Pure; any thread.
#pragma once

#include "runtime/result.h"
#include "storage/schema/api.pb.h"

namespace aura::net {

// Accepts a list of {"name", "price_delta": {"amount_minor", "currency"}}, or of {"name",
// "price_delta_minor"} in the item's currency. An option without a price costs nothing extra.
Result<void> check_item_options(const api::ItemInput& input);

}  // namespace aura::net
