// Cuts a text that is too long for one message. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace aura::net {

// What a channel counts: UTF-16 units (an emoji is two) or bytes of UTF-8.
enum class TextUnit { utf16, byte };

// Parts of at most `limit` units, cut after a paragraph, else a sentence, else a word, else between
// two code points. Joined they are the text without the white space at the cuts; the views point
// into it.
std::vector<std::string_view> split_text(std::string_view text, std::size_t limit,
                                         TextUnit unit = TextUnit::utf16);

// The first `limit` units, whole code points only.
std::string_view first_units(std::string_view text, std::size_t limit,
                             TextUnit unit = TextUnit::utf16);
inline bool fits_in(std::string_view text, std::size_t limit) {
  return first_units(text, limit).size() == text.size();
}

}  // namespace aura::net
