// Whether a shop is open when a customer asks about ("are you open on Sunday?", "open tomorrow at
// 8pm?", "still open?"). Only a sentence understood word by word is answered with yes or no. Pure;
// any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "actors/agent/opening_hours.h"

namespace aura::agent {

enum class OpenQuestion : unsigned char { none, open, closed };
// Whether the sentence is such a question: "are you open", "are you closed on Sunday?".
OpenQuestion asks_if_open(std::string_view sentence);
// "And tomorrow?": a time, and nothing that is asked of it.
bool names_only_time(std::string_view sentence);

// Whether it is open at the time that such a sentence names. `now_ms`: 0 if not known. Unknown,
// too, for "when", "until what time" and other questions.
Open open_when_asked(std::string_view sentence, const OpeningHours& hours, std::int64_t now_ms,
                     const std::string& timezone);

}  // namespace aura::agent
