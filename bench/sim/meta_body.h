// Builds the bodies of Meta's webhooks around their elements. Pure.
#pragma once

#include <span>
#include <string>

#include "bench/sim/webhook_item.h"

namespace aura::bench {

// One body with one entry per item; all items are of one channel, and none is a raw body.
std::string meta_body(std::span<const WebhookItem* const> items);
// The escaped form that Meta posts and signs: non-ASCII as \uXXXX, the slash as \/.
std::string escape_as_meta(std::string_view json);

}  // namespace aura::bench
