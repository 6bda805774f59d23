// Proof that a host page knows its user: the hex HMAC-SHA256 of the user's id under the web chat
// channel's identity secret, which the owner's server keeps. Pure but for the randomness of a new
// secret; any thread.
#pragma once

#include <string>
#include <string_view>

namespace aura {

std::string new_identity_secret();  // "is_" and 43 characters of 258 random bits

// In constant time. `signature`: 64 hex digits of either case; anything else is wrong.
bool signs(std::string_view secret, std::string_view id, std::string_view signature);

}  // namespace aura
