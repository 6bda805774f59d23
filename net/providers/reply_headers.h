// Reads headers of a provider's reply. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/ports/channel_adapter.h"

namespace aura::net {

std::string_view header_of(const ProviderReply& reply, std::string_view name);  // any case; or ""

// Retry-After: seconds, or a date relative to the server's own clock (header Date).
std::optional<Millis> retry_after(const ProviderReply& reply);

}  // namespace aura::net
