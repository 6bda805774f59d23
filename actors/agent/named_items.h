// Which catalog rows one of the agent's own replies names: exactly, for a reply writes each name as
// its row has it. Pure; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "actors/agent/retrieval.h"

namespace aura::agent {

// Positions in index.items(), in the order of the text, each once. Quoted descriptions do not
// count.
std::vector<std::uint32_t> items_named_in(std::string_view reply, const RetrievalIndex& index);

}  // namespace aura::agent
