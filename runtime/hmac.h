// HMAC-SHA256 of one message. Webhook signatures, which use one key for many messages, have a
// prepared key schedule instead (net/signature.h). Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace aura {

// 32 bytes. If it cannot be computed the process ends: an empty signature would match an empty one.
std::string hmac_sha256(std::string_view secret, std::string_view message);

}  // namespace aura
