// Cuts a text that is too long for one message. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace aura::net::messenger {

// Parts of at most `limit` UTF-16 units (what Messenger counts; an emoji is two), cut after a
// paragraph, else a sentence, else a word, else between two code points. Joined they are the text
// without the white space at the cuts; the views point into it.
std::vector<std::string_view> split_text(std::string_view text, std::size_t limit);

// The first `limit` UTF-16 units, whole code points only.
std::string_view first_units(std::string_view text, std::size_t limit);

}  // namespace aura::net::messenger
