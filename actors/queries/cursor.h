// Page cursors: the last row's key tail in base64url, opaque to clients, with a check that ties it
// to its list: what is no cursor of that list must be refused, because to a client an empty page
// means that it has seen everything. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/result.h"
#include "storage/families.h"

namespace aura::cursor {

std::string encode(std::string_view bytes);
std::optional<std::string> decode(std::string_view text);

// A list is all rows of a family whose keys begin with `prefix`. Where its page behind `after`
// (Page::after) begins; Errc::invalid if that is no cursor of this list.
Result<std::string> begin_of(storage::Family family, std::string_view prefix,
                             std::string_view after);
// What leads on from the page that ends with the row at `key`.
std::string next(storage::Family family, std::string_view prefix, std::string_view key);

}  // namespace aura::cursor
