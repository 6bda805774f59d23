// Tells one emoji from other text. Pure; any thread.
#pragma once

#include <string_view>

namespace aura::conversation {

// Whether the text is one emoji as people see it: with its skin tone, flag, keycap or joined parts.
bool is_emoji(std::string_view text);

}  // namespace aura::conversation
