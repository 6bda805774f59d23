// Snowball stemmers of the six languages over folded words. A stemmer is not thread-safe, so each
// thread keeps its own; the view is valid until the thread stems again in that language.
#pragma once

#include <string_view>

#include "actors/agent/language.h"

namespace aura::agent {

std::string_view stem(std::string_view folded, Language language);

}  // namespace aura::agent
