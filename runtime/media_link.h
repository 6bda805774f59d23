// MediaLinks: links under which anyone who has one may read a stored file for a limited time:
//   <public url>/media/{id}?expires={unix seconds}&signature={hex HMAC-SHA256}
// Created by the application from a secret derived from the master key; immutable, any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/clock.h"
#include "runtime/media_ref.h"

namespace aura {

class MediaLinks {
 public:
  // Clients ask for fresh links long before the end; providers may fetch late, after a retried
  // send.
  static constexpr std::chrono::hours kShown{24};
  static constexpr std::chrono::hours kSent{7 * 24};

  MediaLinks(std::string secret, std::string public_url, const Clock& clock);
  ~MediaLinks();
  MediaLinks(const MediaLinks&) = delete;
  MediaLinks& operator=(const MediaLinks&) = delete;

  // Valid for at least `life`. The link stays the same for an hour, so that browsers can cache.
  std::string url(const Id& workspace, const MediaRef& media,
                  std::chrono::seconds life = kShown) const;

  struct Opened {
    Id workspace;
    MediaRef media;
    std::chrono::seconds left{0};
  };
  // Nothing if the link is forged or expired; the caller cannot tell which.
  std::optional<Opened> open(std::string_view id, std::string_view expires,
                             std::string_view signature) const;

 private:
  std::string sign(std::string_view id, std::string_view expires) const;

  std::string secret_;
  const std::string base_;
  const Clock& clock_;
};

}  // namespace aura
