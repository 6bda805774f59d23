// Digests as the providers write them: SHA-256 and HMAC-SHA1, in hex or base64. Pure.
#pragma once

#include <string>
#include <string_view>

namespace aura::bench {

std::string sha256(std::string_view bytes);                           // 32 bytes
std::string hmac_sha1(std::string_view key, std::string_view bytes);  // 20 bytes
std::string to_hex(std::string_view bytes);
std::string to_base64(std::string_view bytes);
std::string from_base64(std::string_view text);  // empty if `text` is not base64

}  // namespace aura::bench
