// Checks a message before it is queued; an error names the field and the reason. Pure.
#pragma once

#include "net/providers/meta/product.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::meta {

Result<void> check_send(const OutboundMessage& message, const Product& product);

}  // namespace aura::net::meta
