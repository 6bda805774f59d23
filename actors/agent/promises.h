// Words with which a text promises what only a row may say: that something is in stock or sold out,
// given away, reduced or paid back, and how many there are. For texts that others wrote: the claim
// check (claims.h) does not know them, because phrases and quotes may use them. Pure; any thread.
#pragma once

#include <string_view>

#include "actors/agent/language.h"

namespace aura::agent {

// `language`: of the text.
bool promises(std::string_view text, Language language);

}  // namespace aura::agent
