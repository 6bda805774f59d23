#include "bench/support/signer.h"

#include <openssl/evp.h>

#include <stdexcept>

namespace aura::bench {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kDigest = 32;

void check(int ok) {
  if (ok != 1) throw std::runtime_error("SHA-256 failed");
}

}  // namespace

void Signer::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Signer::Signer(std::string_view key)
    : inner_(EVP_MD_CTX_new()), outer_(EVP_MD_CTX_new()), work_(EVP_MD_CTX_new()) {
  std::array<unsigned char, kBlock> padded{};
  if (key.size() > kBlock) {
    check(EVP_Digest(key.data(), key.size(), padded.data(), nullptr, EVP_sha256(), nullptr));
  } else {
    std::copy(key.begin(), key.end(), padded.begin());
  }
  for (auto& byte : padded) byte ^= 0x36;
  check(EVP_DigestInit_ex(inner_.get(), EVP_sha256(), nullptr));
  check(EVP_DigestUpdate(inner_.get(), padded.data(), padded.size()));
  for (auto& byte : padded) byte ^= 0x36 ^ 0x5c;
  check(EVP_DigestInit_ex(outer_.get(), EVP_sha256(), nullptr));
  check(EVP_DigestUpdate(outer_.get(), padded.data(), padded.size()));
}

Signer::~Signer() = default;
Signer::Signer(Signer&&) noexcept = default;
Signer& Signer::operator=(Signer&&) noexcept = default;

std::array<char, 64> Signer::hex(std::string_view message) const {
  std::array<unsigned char, kDigest> digest;
  check(EVP_MD_CTX_copy_ex(work_.get(), inner_.get()));
  check(EVP_DigestUpdate(work_.get(), message.data(), message.size()));
  check(EVP_DigestFinal_ex(work_.get(), digest.data(), nullptr));
  check(EVP_MD_CTX_copy_ex(work_.get(), outer_.get()));
  check(EVP_DigestUpdate(work_.get(), digest.data(), digest.size()));
  check(EVP_DigestFinal_ex(work_.get(), digest.data(), nullptr));
  std::array<char, 64> out;
  constexpr char kDigits[] = "0123456789abcdef";
  for (std::size_t i = 0; i < kDigest; ++i) {
    out[2 * i] = kDigits[digest[i] >> 4];
    out[2 * i + 1] = kDigits[digest[i] & 15];
  }
  return out;
}

}  // namespace aura::bench
