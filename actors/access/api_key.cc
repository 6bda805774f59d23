#include "actors/access/api_key.h"

#include <openssl/sha.h>

#include "runtime/random.h"

namespace aura::api_key {
namespace {

constexpr std::string_view kHead = "aura_";
constexpr std::size_t kIdChars = 26;
constexpr std::size_t kSecretChars = 43;

}  // namespace

std::string make(const Id& workspace) {
  std::string key(kHead);
  key += format_id(IdType::workspace, workspace).substr(prefix(IdType::workspace).size() + 1);
  key += '_';
  key += random_text(kBase64Url, kSecretChars);
  return key;
}

std::string hash(const std::string& key) {
  std::string out(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(key.data()), key.size(),
         reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

std::optional<Id> workspace_of(const std::string& key) {
  if (key.size() != kHead.size() + kIdChars + 1 + kSecretChars || !key.starts_with(kHead))
    return std::nullopt;
  return parse_id(IdType::workspace, std::string(prefix(IdType::workspace)) + "_" +
                                         key.substr(kHead.size(), kIdChars));
}

}  // namespace aura::api_key
