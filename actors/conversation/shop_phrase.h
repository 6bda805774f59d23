// The words of texts that the engine itself sends.
#pragma once

#include <string_view>

#include "actors/agent/phrases.h"
#include "storage/store.h"

namespace aura::conversation {

// In the language of the business. Throws if its row cannot be read.
std::string_view shop_phrase(const storage::Reader& reader, const Id& workspace,
                             agent::Phrase phrase);

}  // namespace aura::conversation
