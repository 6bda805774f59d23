// Uses the low-level SHA-256 functions to compute the key schedule once; an EVP context would have
// to be duplicated on the heap for each message. OpenSSL 3 still has them, marked as deprecated.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "runtime/hmac.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>

#include "runtime/hex.h"

namespace aura {
namespace {

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string_view view(const HmacSha256::Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

constexpr std::size_t kBlock = 64;

std::array<std::uint32_t, 8> schedule(const std::array<std::uint8_t, kBlock>& key,
                                      std::uint8_t pad) {
  std::array<std::uint8_t, kBlock> block{};
  std::transform(key.begin(), key.end(), block.begin(),
                 [pad](std::uint8_t byte) { return static_cast<std::uint8_t>(byte ^ pad); });
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Transform(&context, block.data());
  std::array<std::uint32_t, 8> words{};
  std::copy(std::begin(context.h), std::end(context.h), words.begin());
  OPENSSL_cleanse(&context, sizeof(context));
  OPENSSL_cleanse(block.data(), block.size());
  return words;
}

// A context that has already processed one block, the padded key.
SHA256_CTX resume(const std::array<std::uint32_t, 8>& words) {
  SHA256_CTX context;
  SHA256_Init(&context);
  std::copy(words.begin(), words.end(), context.h);
  context.Nl = kBlock * 8;
  return context;
}

}  // namespace

HmacSha256::HmacSha256(std::string_view secret) {
  std::array<std::uint8_t, kBlock> key{};
  if (secret.size() > kBlock) {
    SHA256(raw(secret), secret.size(), key.data());
  } else {
    std::copy(secret.begin(), secret.end(), key.begin());
  }
  inner_.words = schedule(key, 0x36);
  outer_.words = schedule(key, 0x5c);
  OPENSSL_cleanse(key.data(), key.size());
}

HmacSha256::~HmacSha256() {
  OPENSSL_cleanse(&inner_, sizeof(inner_));
  OPENSSL_cleanse(&outer_, sizeof(outer_));
}

HmacSha256::Digest HmacSha256::sign(std::string_view message) const {
  Digest digest;
  SHA256_CTX context = resume(inner_.words);
  SHA256_Update(&context, message.data(), message.size());
  SHA256_Final(digest.data(), &context);
  context = resume(outer_.words);
  SHA256_Update(&context, digest.data(), digest.size());
  SHA256_Final(digest.data(), &context);
  return digest;
}

std::string HmacSha256::sign_hex(std::string_view message) const {
  return to_hex(view(sign(message)));
}

bool HmacSha256::verify_hex(std::string_view message, std::string_view signature) const {
  constexpr std::string_view kPrefix = "sha256=";
  if (signature.size() != kPrefix.size() + 64 || !signature.starts_with(kPrefix)) return false;
  const auto given = from_hex(signature.substr(kPrefix.size()));
  if (!given) return false;
  const Digest right = sign(message);
  return CRYPTO_memcmp(given->data(), right.data(), right.size()) == 0;
}

std::string hmac_sha256(std::string_view secret, std::string_view message) {
  return std::string(view(HmacSha256(secret).sign(message)));
}

}  // namespace aura
