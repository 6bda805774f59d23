// Bytes as hexadecimal digits and back. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace aura {

std::string to_hex(std::string_view bytes);  // in lower case
// Nothing if `digits` is not hexadecimal.
std::optional<std::string> from_hex(std::string_view digits);  // of either case
// Accepts only the spelling of to_hex(), for callers that must reject other spellings.
std::optional<std::string> from_lower_hex(std::string_view digits);

}  // namespace aura
