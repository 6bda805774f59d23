// Bodies of Meta's webhooks around their elements. Pure.
#pragma once

#include <span>
#include <string>

#include "bench/sim/webhook_item.h"

namespace aura::bench {

// One body with an entry an item; all items are of one channel, none is a whole body.
std::string meta_body(std::span<const WebhookItem* const> items);
// The escaped form that Meta posts and signs: non-ASCII as \uXXXX, the slash as \/.
std::string escape_as_meta(std::string_view json);

}  // namespace aura::bench
