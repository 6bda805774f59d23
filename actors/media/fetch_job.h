// The state of one fetch: digest, size, first bytes (for type detection) and the bytes that do not
// fill a part yet. A member of the media actor; no I/O.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <optional>
#include <string>

#include "actors/media/media_rows.h"
#include "runtime/ports/channel_adapter.h"
#include "runtime/ports/media_fetcher.h"

namespace aura::media {

class Gathered {
 public:
  Gathered();
  // Adds bytes; complete parts go into `commit`.
  void add(std::string_view bytes, const Place& place, const storage::DataKey& key,
           storage::Commit& commit);
  // Adds the last, partial part.
  void finish(const Place& place, const storage::DataKey& key, storage::Commit& commit);

  std::int64_t size() const { return size_; }
  const std::string& head() const { return head_; }
  // True if `digest` (base64 or hex) matches the bytes, or is empty (none announced).
  bool digest_fits(std::string_view digest) const;

 private:
  void put(std::string_view part, const Place& place, const storage::DataKey& key,
           storage::Commit& commit);

  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sha256_;
  std::int64_t size_ = 0;
  std::uint32_t parts_ = 0;
  std::string head_;
  std::string rest_;
};

struct FetchJob {
  Place place;
  Stored stored;
  storage::DataKeyPtr key;
  const ChannelAdapter* adapter = nullptr;
  api::Credentials credentials;
  MediaSource source;
  MediaTarget target;
  Gathered gathered;
  bool stale_parts = false;  // an interrupted attempt left parts
  int record_tries = 0;
  std::vector<storage::Mutation> rows;  // rows of the outcome, until it is recorded
};

// The outcome of an attempt, for the row.
struct Verdict {
  enum class Kind { stored, expired, failed, retry };
  Kind kind = Kind::retry;
  std::string why;  // in plain words for a shop owner
  std::optional<Millis> retry_after_ms;
};

// Decides the outcome from the end of the download. Pure.
Verdict judge(const FetchJob& job, const FetchEnd& end, const std::string& content_type);

std::int64_t most_bytes(const std::string& attachment_type);
Millis backoff(int attempts);  // before the next attempt

}  // namespace aura::media
