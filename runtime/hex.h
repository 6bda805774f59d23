// Bytes as hexadecimal digits and back. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace aura {

std::string to_hex(std::string_view bytes);  // in lower case
// Nothing if that is not hexadecimal.
std::optional<std::string> from_hex(std::string_view digits);  // of either case
// Only as to_hex() writes them: where another spelling of the same bytes must not pass.
std::optional<std::string> from_lower_hex(std::string_view digits);

}  // namespace aura
