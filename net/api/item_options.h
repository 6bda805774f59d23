// Checks an item's options. They are free JSON, but the agent tells customers the prices in them,
// so the prices must be well formed. Each Error names the member. Pure; any thread.
#pragma once

#include "runtime/result.h"
#include "storage/schema/api.pb.h"

namespace aura::net {

// An option is {"name", "price_delta": {"amount_minor", "currency"}} or, in the item's currency,
// {"name", "price_delta_minor"}; without either it costs nothing extra. Options of another shape
// are accepted: the agent does not offer them.
Result<void> check_item_options(const api::ItemInput& input);

}  // namespace aura::net
