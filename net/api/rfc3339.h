// Times as text (RFC 3339). Pure; any thread may call.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/clock.h"

namespace aura::net {

std::string rfc3339(Millis at);  // "2026-09-21T14:13:20.123Z"

// Of any zone; fractions of a millisecond are dropped. None if the text is no such time.
std::optional<Millis> parse_rfc3339(std::string_view text);

}  // namespace aura::net
