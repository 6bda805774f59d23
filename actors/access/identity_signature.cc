#include "actors/access/identity_signature.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "runtime/hex.h"
#include "runtime/random.h"

namespace aura {

std::string new_identity_secret() { return "is_" + random_text(kBase64Url, 43); }

bool signs(std::string_view secret, std::string_view id, std::string_view signature) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(id.data()), id.size(), digest, &size) == nullptr)
    return false;
  const auto given = from_hex(signature);
  return given && given->size() == size && CRYPTO_memcmp(digest, given->data(), size) == 0;
}

}  // namespace aura
