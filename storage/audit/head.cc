#include "storage/audit/head.h"

#include <openssl/evp.h>

#include "storage/big_endian.h"
#include "storage/vault/data_key.h"
#include "storage/vault/key_file.h"

namespace aura::storage {
namespace {

constexpr std::size_t kSignatureSize = 64;
constexpr std::size_t kPublicKeySize = 32;

using KeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using ContextPtr = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* raw(const std::string& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string signed_text(const Id& chain, const record::AuditHead& head) {
  std::string text = "aura audit head 1";
  text.append(chain.view());
  append_big(text, head.number());
  append_big(text, head.at_ms());
  text.append(head.hash());
  return text;
}

}  // namespace

struct AuditKey::Pair {
  KeyPtr key;
};

std::string audit_head_row(const Id& chain) {
  return std::string(kAuditHeadRows).append(chain.view());
}

Result<std::shared_ptr<const AuditKey>> AuditKey::load(const std::string& path, bool may_create) {
  auto seed = load_key_file({path, "audit key", {}}, may_create);
  if (!seed) return tl::unexpected(seed.error());
  auto key = std::make_shared<const AuditKey>(*seed);
  wipe(*seed);
  return key;
}

AuditKey::AuditKey(const std::string& seed)
    : pair_(std::make_unique<Pair>(Pair{
          KeyPtr(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, raw(seed), seed.size()),
                 EVP_PKEY_free)})),
      public_key_(kPublicKeySize, '\0') {
  std::size_t size = public_key_.size();
  EVP_PKEY_get_raw_public_key(pair_->key.get(),
                              reinterpret_cast<unsigned char*>(public_key_.data()), &size);
}

AuditKey::~AuditKey() = default;

record::AuditHead AuditKey::sign(const Id& chain, const AuditLink& newest,
                                 std::int64_t at_ms) const {
  record::AuditHead head;
  head.set_number(newest.number);
  head.set_hash(newest.hash);
  head.set_at_ms(at_ms);
  head.set_public_key(public_key_);
  const std::string text = signed_text(chain, head);
  const ContextPtr context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::string signature(kSignatureSize, '\0');
  std::size_t size = signature.size();
  EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, pair_->key.get());
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                 raw(text), text.size());
  head.set_signature(signature);
  return head;
}

bool is_signed(const Id& chain, const record::AuditHead& head, const std::string& public_key) {
  if (!public_key.empty() && head.public_key() != public_key) return false;
  const KeyPtr key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(head.public_key()),
                                               head.public_key().size()),
                   EVP_PKEY_free);
  if (!key) return false;
  const std::string text = signed_text(chain, head);
  const ContextPtr context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), raw(head.signature()), head.signature().size(), raw(text),
                          text.size()) == 1;
}

}  // namespace aura::storage
