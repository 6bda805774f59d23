// Where the sentences of a text end, so that what is quoted of it is whole. Pure; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace aura::agent {

// As byte ranges. A line break also ends a sentence; the full stop of "12 St. James Road", of
// "8 a.m. to 6 p.m." and of "24. 12." does not.
std::vector<std::pair<std::uint32_t, std::uint32_t>> split_sentences(std::string_view text);

}  // namespace aura::agent
