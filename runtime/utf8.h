// Checks for UTF-8 and counts characters. A stored record with invalid UTF-8 could never be read
// again, so none may be stored. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace aura {

// Length of the well-formed sequence at the start of `text` (not empty); 0 if there is none.
std::size_t utf8_sequence(std::string_view text);
bool is_utf8(std::string_view text);
std::size_t count_chars(std::string_view utf8);  // code points

}  // namespace aura
