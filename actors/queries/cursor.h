// Page cursors: the last row's key tail in base64url, opaque to clients. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace aura::cursor {

std::string encode(std::string_view bytes);
std::optional<std::string> decode(std::string_view text);

}  // namespace aura::cursor
