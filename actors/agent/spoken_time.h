// Clock times as they are said: "half past nine", "las siete y media", "halb acht", "nove e mezza".
// Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "actors/agent/time_words.h"

namespace aura::agent {

// The time said at `at`, with its hour as a word or with a part of an hour; none if it is written
// in digits alone, which clock_at() reads. An hour alone ("nine") is not formal.
std::optional<ClockTime> spoken_clock_at(const Tokens& tokens, std::size_t at,
                                         std::string_view text);

}  // namespace aura::agent
