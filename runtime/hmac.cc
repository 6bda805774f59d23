#include "runtime/hmac.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstdlib>

namespace aura {

std::string hmac_sha256(std::string_view secret, std::string_view message) {
  constexpr std::size_t kSize = 32;
  std::string digest(kSize, '\0');
  unsigned int size = 0;
  const auto* const made =
      HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(message.data()), message.size(),
           reinterpret_cast<unsigned char*>(digest.data()), &size);
  if (made == nullptr || size != kSize) std::abort();
  return digest;
}

}  // namespace aura
