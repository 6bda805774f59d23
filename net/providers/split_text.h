// Cuts a text that is too long for one message. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace aura::net {

// The unit of a channel's limit: UTF-16 units (an emoji is two) or bytes of UTF-8.
enum class TextUnit { utf16, byte };

// Parts of at most `limit` units, cut after a paragraph, a sentence, a line or a word if possible,
// otherwise between two code points. White space at the cuts is dropped; the views point into
// `text`.
std::vector<std::string_view> split_text(std::string_view text, std::size_t limit,
                                         TextUnit unit = TextUnit::utf16);

// The first `limit` units, whole code points only.
std::string_view first_units(std::string_view text, std::size_t limit,
                             TextUnit unit = TextUnit::utf16);
inline bool fits_in(std::string_view text, std::size_t limit) {
  return first_units(text, limit).size() == text.size();
}

}  // namespace aura::net
