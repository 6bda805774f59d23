// Masks payment card numbers that people type into a chat before anything is stored; the last four
// digits stay visible. Pure.
#pragma once

#include <string>

namespace aura::conversation {

// Recognises numbers of known issuers and lengths with a valid check digit, grouped or not. Other
// numbers (telephone, order, tracking) stay.
std::string hide_card_numbers(std::string text);

}  // namespace aura::conversation
