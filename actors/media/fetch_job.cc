#include "actors/media/fetch_job.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>

#include "config/limits.h"
#include "runtime/hex.h"
#include "runtime/media_type.h"

namespace aura::media {
namespace {

constexpr std::size_t kDigest = 32;

std::string to_base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3), '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                  reinterpret_cast<const unsigned char*>(bytes.data()),
                  static_cast<int>(bytes.size()));
  return text;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return lower;
}

}  // namespace

Gathered::Gathered() : sha256_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
  EVP_DigestInit_ex(sha256_.get(), EVP_sha256(), nullptr);
}

void Gathered::put(std::string_view part, const Place& place, const storage::DataKey& key,
                   storage::Commit& commit) {
  put_part(place, parts_++, part, key, commit);
}

void Gathered::add(std::string_view bytes, const Place& place, const storage::DataKey& key,
                   storage::Commit& commit) {
  EVP_DigestUpdate(sha256_.get(), bytes.data(), bytes.size());
  size_ += static_cast<std::int64_t>(bytes.size());
  if (head_.size() < kMediaTypeBytes) head_.append(bytes.substr(0, kMediaTypeBytes - head_.size()));
  rest_.append(bytes);
  std::string_view whole = rest_;
  while (whole.size() >= limits::kMediaPartBytes) {
    put(whole.substr(0, limits::kMediaPartBytes), place, key, commit);
    whole.remove_prefix(limits::kMediaPartBytes);
  }
  rest_.erase(0, rest_.size() - whole.size());
}

void Gathered::finish(const Place& place, const storage::DataKey& key, storage::Commit& commit) {
  if (!rest_.empty()) put(rest_, place, key, commit);
  rest_.clear();
}

bool Gathered::digest_fits(std::string_view digest) const {
  if (digest.empty()) return true;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> copy(EVP_MD_CTX_new(),
                                                                     EVP_MD_CTX_free);
  std::array<unsigned char, kDigest> value{};
  EVP_MD_CTX_copy_ex(copy.get(), sha256_.get());
  EVP_DigestFinal_ex(copy.get(), value.data(), nullptr);
  const std::string_view bytes(reinterpret_cast<const char*>(value.data()), value.size());
  return lower_case(digest) == to_hex(bytes) || digest == to_base64(bytes);
}

Verdict judge(const FetchJob& job, const FetchEnd& end, const std::string& content_type) {
  using Kind = Verdict::Kind;
  const bool can_ask_again = !job.source.provider_id.empty();
  switch (end.kind) {
    case FetchEnd::Kind::complete:
      break;
    case FetchEnd::Kind::gone:
      if (can_ask_again && job.stored.row.attempts() == 0)
        return {.kind = Kind::retry, .why = end.why};
      return {.kind = Kind::expired, .why = "The channel no longer has this file."};
    case FetchEnd::Kind::denied:
      // A link that carries its own permission stays denied; a token may be renewed.
      if (job.target.headers.empty())
        return {.kind = Kind::expired, .why = "The link to this file is over."};
      return {.kind = Kind::retry, .why = "The channel did not let us read this file."};
    case FetchEnd::Kind::refused:
      return {.kind = Kind::failed, .why = end.why};
    case FetchEnd::Kind::failed:
      return {.kind = Kind::retry, .why = end.why, .retry_after_ms = end.retry_after_ms};
  }
  if (job.gathered.size() == 0) return {.kind = Kind::retry, .why = "The file came empty."};
  if (!job.gathered.digest_fits(job.source.sha256_base64) ||
      !job.gathered.digest_fits(job.target.sha256))
    return {.kind = Kind::retry, .why = "The file came damaged."};
  if (job.target.size != 0 && job.gathered.size() > job.target.size)
    return {.kind = Kind::failed, .why = "The file is larger than announced."};
  if (!fits_attachment(content_type, job.stored.body.type()))
    return {.kind = Kind::failed, .why = "The file is not what the channel says it is."};
  return {.kind = Kind::stored};
}

std::int64_t most_bytes(const std::string& attachment_type) {
  return attachment_type == "file" ? limits::kDocumentBytes : limits::kMediaBytes;
}

Millis backoff(int attempts) {
  constexpr std::array<Millis, 7> kWaits{2'000,     10'000,    60'000,    300'000,
                                         1'800'000, 7'200'000, 21'600'000};
  return kWaits[static_cast<std::size_t>(std::clamp(attempts - 1, 0, 6))];
}

}  // namespace aura::media
