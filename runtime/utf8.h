// Whether bytes are UTF-8 (what is not must not get into a stored record, which could never be read
// again), and how many characters they are. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace aura {

// Bytes of the well-formed sequence that `text` (not empty) begins with; 0 if there is none.
std::size_t utf8_sequence(std::string_view text);
bool is_utf8(std::string_view text);
std::size_t count_chars(std::string_view utf8);  // code points

}  // namespace aura
