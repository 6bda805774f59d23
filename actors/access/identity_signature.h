// Verifies the user id that a host page passes to the web chat: the hex HMAC-SHA256 of the id under
// the channel's identity secret, computed by the owner's server. Pure except for the randomness of
// new secrets; any thread.
#pragma once

#include <string>
#include <string_view>

namespace aura {

std::string new_identity_secret();  // "is_" and 43 characters of 258 random bits

// Compares in constant time. `signature`: 64 hex digits of either case; anything else is invalid.
bool signs(std::string_view secret, std::string_view id, std::string_view signature);

}  // namespace aura
