#include "actors/access/identity_signature.h"

#include <openssl/crypto.h>

#include "runtime/hex.h"
#include "runtime/hmac.h"
#include "runtime/random.h"

namespace aura {

std::string new_identity_secret() { return "is_" + random_text(kBase64Url, 43); }

bool signs(std::string_view secret, std::string_view id, std::string_view signature) {
  const std::string wanted = hmac_sha256(secret, id);
  const auto given = from_hex(signature);
  return given && given->size() == wanted.size() &&
         CRYPTO_memcmp(wanted.data(), given->data(), wanted.size()) == 0;
}

}  // namespace aura
