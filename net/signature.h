// Message signatures: HMAC with a precomputed key schedule, hex and base64, comparison in constant
// time. HmacSha256 is immutable after construction; any thread may use it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aura::net {

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
