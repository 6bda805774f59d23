// Payment card numbers that people type into a chat: hidden before anything is stored, but for the
// last four digits by which the owner knows the card. Pure.
#pragma once

#include <string>

namespace aura::conversation {

// Known issuers' lengths with a right check digit, in groups or in one piece. Other numbers
// (telephones, orders, tracking) stay.
std::string hide_card_numbers(std::string text);

}  // namespace aura::conversation
