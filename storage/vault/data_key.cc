// Sealed form: [format u8 = 1][nonce 12][ciphertext][tag 16]
#include "storage/vault/data_key.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <atomic>
#include <cstdlib>
#include <cstring>

#include "runtime/random.h"

namespace aura::storage {
namespace {

constexpr char kFormat = 1;
constexpr int kNonceSize = 12;
constexpr int kTagSize = 16;
constexpr std::size_t kOverhead = 1 + kNonceSize + kTagSize;

std::atomic<std::uint64_t> next_number{1};

// If a cipher cannot be set up the process ends: better no data than unencrypted data.
void check(bool ok) {
  if (!ok) std::abort();
}

unsigned char* raw(char* text) { return reinterpret_cast<unsigned char*>(text); }
const unsigned char* raw(const char* text) { return reinterpret_cast<const unsigned char*>(text); }

// A per-thread cipher that keeps the key it used last: key expansion costs more than sealing a
// short text, and a thread mostly seals many rows in succession under one key.
class Cipher {
 public:
  explicit Cipher(int encrypts) : encrypts_(encrypts), context_(EVP_CIPHER_CTX_new()) {
    static const EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    check(context_ != nullptr && algorithm != nullptr);
    check(EVP_CipherInit_ex2(context_, algorithm, nullptr, nullptr, encrypts_, nullptr) == 1);
  }
  ~Cipher() { EVP_CIPHER_CTX_free(context_); }
  Cipher(const Cipher&) = delete;
  Cipher& operator=(const Cipher&) = delete;

  EVP_CIPHER_CTX* begin(std::uint64_t key_number, const unsigned char* key,
                        const unsigned char* nonce) {
    const bool same = key_number == key_number_;
    check(EVP_CipherInit_ex2(context_, nullptr, same ? nullptr : key, nonce, encrypts_, nullptr) ==
          1);
    key_number_ = key_number;
    return context_;
  }

 private:
  const int encrypts_;
  EVP_CIPHER_CTX* const context_;
  std::uint64_t key_number_ = 0;
};

}  // namespace

AesKey::AesKey(std::string_view bytes)
    : number_(next_number.fetch_add(1, std::memory_order_relaxed)) {
  check(bytes.size() == kDataKeySize);
  std::memcpy(bytes_.data(), bytes.data(), kDataKeySize);
}

AesKey::~AesKey() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

std::string AesKey::seal(std::string_view aad, std::string_view plain) const {
  thread_local Cipher cipher(1);
  std::string sealed(kOverhead + plain.size(), '\0');
  sealed[0] = kFormat;
  unsigned char* const nonce = raw(sealed.data()) + 1;
  unsigned char* const text = nonce + kNonceSize;
  fill_random(nonce, kNonceSize);
  EVP_CIPHER_CTX* const context = cipher.begin(number_, bytes_.data(), nonce);
  int size = 0;
  check(EVP_EncryptUpdate(context, nullptr, &size, raw(aad.data()), static_cast<int>(aad.size())) ==
        1);
  check(EVP_EncryptUpdate(context, text, &size, raw(plain.data()),
                          static_cast<int>(plain.size())) == 1);
  unsigned char* const end = text + plain.size();
  check(EVP_EncryptFinal_ex(context, end, &size) == 1);
  check(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, kTagSize, end) == 1);
  return sealed;
}

Result<std::string> AesKey::open(std::string_view aad, std::string_view sealed) const {
  if (sealed.size() < kOverhead || sealed[0] != kFormat)
    return fail(Errc::corrupt, "a sealed value has no known format");
  thread_local Cipher cipher(0);
  const unsigned char* const nonce = raw(sealed.data()) + 1;
  const unsigned char* const text = nonce + kNonceSize;
  std::string plain(sealed.size() - kOverhead, '\0');
  EVP_CIPHER_CTX* const context = cipher.begin(number_, bytes_.data(), nonce);
  unsigned char tag[kTagSize];
  std::memcpy(tag, text + plain.size(), kTagSize);
  int size = 0;
  check(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, kTagSize, tag) == 1);
  const bool good = EVP_DecryptUpdate(context, nullptr, &size, raw(aad.data()),
                                      static_cast<int>(aad.size())) == 1 &&
                    EVP_DecryptUpdate(context, raw(plain.data()), &size, text,
                                      static_cast<int>(plain.size())) == 1 &&
                    EVP_DecryptFinal_ex(context, raw(plain.data()) + plain.size(), &size) == 1;
  if (good) return plain;
  wipe(plain);
  return fail(Errc::corrupt, "a sealed value does not belong to this key and place");
}

std::string AesKey::derive(std::string_view purpose) const {
  static_assert(kDataKeySize == 32, "a derived key is one HMAC-SHA256");
  return hmac_sha256({reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}, purpose);
}

std::string AesKey::mac(std::string_view data) const {
  std::call_once(mac_key_made_, [this] {
    std::string subkey = derive("aura mac 1");  // a separate key for hashing
    mac_key_ = std::make_unique<HmacSha256>(subkey);
    wipe(subkey);
  });
  const HmacSha256::Digest digest = mac_key_->sign(data);
  return {digest.begin(), digest.end()};
}

std::string random_key_bytes() {
  std::string bytes(kDataKeySize, '\0');
  fill_random(bytes.data(), bytes.size());
  return bytes;
}

void wipe(std::string& secret) { OPENSSL_cleanse(secret.data(), secret.size()); }

}  // namespace aura::storage
