// Snowball stemmers of the six languages, for folded words. A stemmer is not thread-safe, so each
// thread has its own. The returned view is valid until the thread's next call for that language.
#pragma once

#include <string_view>

#include "actors/agent/language.h"

namespace aura::agent {

std::string_view stem(std::string_view folded, Language language);

}  // namespace aura::agent
