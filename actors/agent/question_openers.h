// Where one sentence asks two things ("how much is the latte and are you open on Sunday?"): the
// words that begin a question in each language. Pure; any thread.
#pragma once

#include <cstddef>

#include "actors/agent/lexicon.h"

namespace aura::agent {

bool opens_question(Words words, std::size_t at, Language language);

}  // namespace aura::agent
