// AES-256-GCM under one key (sealed form: storage/store.h). Nonces are 96 random bits, safe far
// beyond what one key seals here (a busy journal hour has 2^27 seals; the probability of a
// collision is 2^-43). Shared ownership; the last owner wipes the key.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "runtime/hmac.h"
#include "storage/store.h"

namespace aura::storage {

inline constexpr std::size_t kDataKeySize = 32;

class AesKey final : public DataKey {
 public:
  explicit AesKey(std::string_view bytes);  // `bytes` must have kDataKeySize bytes
  ~AesKey() override;
  AesKey(const AesKey&) = delete;
  AesKey& operator=(const AesKey&) = delete;

  std::string seal(std::string_view aad, std::string_view plain) const override;
  Result<std::string> open(std::string_view aad, std::string_view sealed) const override;
  std::string derive(std::string_view purpose) const override;
  std::string mac(std::string_view data) const override;

 private:
  const std::uint64_t number_;  // identifies the key; unlike an address, never reused
  std::array<unsigned char, kDataKeySize> bytes_;
  // Made when it is first used: few keys hash, and those hash much.
  mutable std::once_flag mac_key_made_;
  mutable std::unique_ptr<const HmacSha256> mac_key_;
};

// kDataKeySize bytes from the operating system's generator.
std::string random_key_bytes();
void wipe(std::string& secret);

}  // namespace aura::storage
