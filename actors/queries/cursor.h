// Page cursors: the last row's key tail in base64url, opaque to clients, with a checksum that binds
// it to its list. A cursor of another list must be refused: an empty page would tell the client
// that it has seen everything. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/result.h"
#include "storage/families.h"

namespace aura::cursor {

std::string encode(std::string_view bytes);
std::optional<std::string> decode(std::string_view text);

// A list is all rows of a family whose keys begin with `prefix`. Returns the first key of the page
// after `after` (Page::after); Errc::invalid if that is not a cursor of this list.
Result<std::string> begin_of(storage::Family family, std::string_view prefix,
                             std::string_view after);
// The cursor of a page that ends with the row at `key`.
std::string next(storage::Family family, std::string_view prefix, std::string_view key);

}  // namespace aura::cursor
