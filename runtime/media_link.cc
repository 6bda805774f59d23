#include "runtime/media_link.h"

#include <openssl/crypto.h>

#include <charconv>

#include "runtime/hex.h"
#include "runtime/hmac.h"

namespace aura {
namespace {

constexpr std::int64_t kStep = 3600;  // seconds

std::string text_of(const Id& id) {
  return format_id(IdType::media, id).substr(prefix(IdType::media).size() + 1);
}

std::optional<Id> id_of(std::string_view text) {
  return parse_id(IdType::media, std::string(prefix(IdType::media)) + "_" + std::string(text));
}

}  // namespace

MediaLinks::MediaLinks(std::string secret, std::string public_url, const Clock& clock)
    : secret_(std::move(secret)), base_(std::move(public_url) + "/media/"), clock_(clock) {}

MediaLinks::~MediaLinks() { OPENSSL_cleanse(secret_.data(), secret_.size()); }

std::string MediaLinks::sign(std::string_view id, std::string_view expires) const {
  const std::string message = "media link 1\n" + std::string(id) + "\n" + std::string(expires);
  return to_hex(hmac_sha256(secret_, message));
}

std::string MediaLinks::url(const Id& workspace, const MediaRef& media,
                            std::chrono::seconds life) const {
  const std::string id = text_of(workspace) + text_of(media.owner) + text_of(media.id);
  const std::int64_t until = clock_.now_ms() / 1000 + life.count();
  const std::string expires = std::to_string((until + kStep - 1) / kStep * kStep);
  return base_ + id + "?expires=" + expires + "&signature=" + sign(id, expires);
}

std::optional<MediaLinks::Opened> MediaLinks::open(std::string_view id, std::string_view expires,
                                                   std::string_view signature) const {
  const std::string wanted = sign(id, expires);
  if (signature.size() != wanted.size() ||
      CRYPTO_memcmp(signature.data(), wanted.data(), wanted.size()) != 0)
    return std::nullopt;
  std::int64_t until = 0;
  const auto end = expires.data() + expires.size();
  if (const auto read = std::from_chars(expires.data(), end, until); read.ptr != end)
    return std::nullopt;
  const std::int64_t left = until - clock_.now_ms() / 1000;
  if (left <= 0 || id.size() != 3 * kIdText) return std::nullopt;
  const auto workspace = id_of(id.substr(0, kIdText));
  const auto owner = id_of(id.substr(kIdText, kIdText));
  const auto media = id_of(id.substr(2 * kIdText));
  if (!workspace || !owner || !media) return std::nullopt;
  return Opened{*workspace, {*owner, *media}, std::chrono::seconds(left)};
}

}  // namespace aura
