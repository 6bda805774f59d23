// Uses the low-level SHA-256 functions to compute the key schedule once; an EVP context would have
// to be duplicated on the heap for each message. OpenSSL 3 still has them, marked as deprecated.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "net/signature.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>

#include "runtime/hex.h"

namespace aura::net {
namespace {

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
    Digest digest = sha256(secret);
    std::copy(digest.begin(), digest.end(), key.begin());
    OPENSSL_cleanse(digest.data(), digest.size());
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
  return to_hex(as_view(sign(message)));
}

bool HmacSha256::verify_hex(std::string_view message, std::string_view signature) const {
  constexpr std::string_view kPrefix = "sha256=";
  if (signature.size() != kPrefix.size() + 64 || !signature.starts_with(kPrefix)) return false;
  const auto given = from_hex(signature.substr(kPrefix.size()));
  return given && constant_time_equal(*given, as_view(sign(message)));
}

std::array<std::uint8_t, 20> hmac_sha1(std::string_view secret, std::string_view message) {
  std::array<std::uint8_t, 20> digest{};
  unsigned size = 0;
  HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data(),
       &size);
  return digest;
}

std::array<std::uint8_t, 32> sha256(std::string_view message) {
  std::array<std::uint8_t, 32> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data());
  return digest;
}

bool constant_time_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string to_base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // EVP_EncodeBlock appends a NUL
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string to_base64url(std::string_view bytes) {
  std::string out = to_base64(bytes);
  std::replace(out.begin(), out.end(), '+', '-');
  std::replace(out.begin(), out.end(), '/', '_');
  while (!out.empty() && out.back() == '=') out.pop_back();
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  const auto padding = static_cast<std::size_t>(text.ends_with("==") ? 2 : text.ends_with("="));
  out.resize(static_cast<std::size_t>(size) - padding);
  // EVP_DecodeBlock accepts white space and non-zero unused bits; only the canonical encoding of a
  // value is accepted here.
  if (to_base64(out) != text) return std::nullopt;
  return out;
}

}  // namespace aura::net
