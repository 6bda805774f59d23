// Page cursors: the last row's key tail in base64url, opaque to clients, with a check that ties it
// to its list: what is no cursor of that list must be refused, because to a client an empty page
// means that it has seen everything. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/families.h"

namespace aura::cursor {

std::string encode(std::string_view bytes);
std::optional<std::string> decode(std::string_view text);

// Names a list: keys of several families begin alike.
std::string list(storage::Family family, std::string_view prefix);
// `tail` is what follows the prefix in the last row's key.
std::string make(std::string_view list, std::string_view tail);
std::optional<std::string> tail_of(std::string_view list, std::string_view text);

}  // namespace aura::cursor
