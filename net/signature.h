// Message signatures: HMAC (HmacSha256 is in runtime/hmac.h), base64, comparison in constant time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/hmac.h"

namespace aura::net {

std::array<std::uint8_t, 20> hmac_sha1(std::string_view secret, std::string_view message);
std::array<std::uint8_t, 32> sha256(std::string_view message);

bool constant_time_equal(std::string_view a, std::string_view b);  // the length is not secret

std::string to_base64(std::string_view bytes);
std::string to_base64url(std::string_view bytes);               // without padding
std::optional<std::string> from_base64(std::string_view text);  // strict, padded

template <std::size_t N>
std::string_view as_view(const std::array<std::uint8_t, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

}  // namespace aura::net
