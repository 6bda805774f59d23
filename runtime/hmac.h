// HMAC-SHA256, with a key schedule that is computed once. HmacSha256 is immutable after
// construction; any thread may use it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aura {

class HmacSha256 {
 public:
  using Digest = std::array<std::uint8_t, 32>;

  explicit HmacSha256(std::string_view secret);
  // nullopt for an empty secret: an empty key must not verify anything.
  static std::optional<HmacSha256> of(const std::string& secret) {
    if (secret.empty()) return std::nullopt;
    return HmacSha256(secret);
  }
  ~HmacSha256();  // wipes the key schedule
  HmacSha256(const HmacSha256&) = default;
  HmacSha256& operator=(const HmacSha256&) = default;

  Digest sign(std::string_view message) const;
  std::string sign_hex(std::string_view message) const;
  // `signature` must be "sha256=" and 64 hex digits of either case; anything else is wrong.
  bool verify_hex(std::string_view message, std::string_view signature) const;

 private:
  struct State {  // SHA-256 state after the padded key: eight words
    std::array<std::uint32_t, 8> words;
  };
  State inner_;
  State outer_;
};

// The 32 bytes for one message under a key that is not used again.
std::string hmac_sha256(std::string_view secret, std::string_view message);

}  // namespace aura
