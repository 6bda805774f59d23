// What the API asks of an item's options. They are free JSON, but what they say of a price must be
// understood: the agent tells it to customers. Each Error names the member. Pure; any thread.
#pragma once

#include "runtime/result.h"
#include "storage/schema/api.pb.h"

namespace aura::net {

// A list of {"name", "price_delta": {"amount_minor", "currency"}}, or "price_delta_minor" in the
// item's currency; without either an option costs nothing more.
Result<void> check_item_options(const api::ItemInput& input);

}  // namespace aura::net
