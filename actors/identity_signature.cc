#include "actors/identity_signature.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "runtime/random.h"

namespace aura {

std::string new_identity_secret() {
  static constexpr char kAlphabet[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  unsigned char raw[43];
  fill_random(raw, sizeof raw);
  std::string secret = "is_";
  for (const unsigned char byte : raw) secret += kAlphabet[byte & 63];
  return secret;
}

bool signs(std::string_view secret, std::string_view id, std::string_view signature) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(id.data()), id.size(), digest, &size) == nullptr)
    return false;
  if (signature.size() != 2 * size) return false;
  static constexpr char kHex[] = "0123456789abcdef";
  std::string expected, given;
  for (unsigned int i = 0; i < size; ++i) {
    expected += kHex[digest[i] >> 4];
    expected += kHex[digest[i] & 15];
  }
  for (const char c : signature) given += static_cast<char>(c >= 'A' && c <= 'F' ? c + 32 : c);
  return CRYPTO_memcmp(expected.data(), given.data(), expected.size()) == 0;
}

}  // namespace aura
