// MediaLinks: addresses under which anyone who is told one may read a stored file for a while:
//   <public url>/media/{id}?expires={unix seconds}&signature={hex HMAC-SHA256}
// Made by the application from a secret derived from the master key; immutable, any thread.
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
  // Clients ask again long before; providers fetch what we send them, perhaps from a late retry.
  static constexpr std::chrono::hours kShown{24};
  static constexpr std::chrono::hours kSent{7 * 24};

  MediaLinks(std::string secret, std::string public_url, const Clock& clock);
  ~MediaLinks();
  MediaLinks(const MediaLinks&) = delete;
  MediaLinks& operator=(const MediaLinks&) = delete;

  // Valid for at least `life`; the same address for an hour, so that browsers can keep the answer.
  std::string url(const Id& workspace, const MediaRef& media,
                  std::chrono::seconds life = kShown) const;

  struct Opened {
    Id workspace;
    MediaRef media;
    std::chrono::seconds left{0};
  };
  // Nothing if the link is not ours or is over; which of both nobody is told.
  std::optional<Opened> open(std::string_view id, std::string_view expires,
                             std::string_view signature) const;

 private:
  std::string sign(std::string_view id, std::string_view expires) const;

  std::string secret_;
  const std::string base_;
  const Clock& clock_;
};

}  // namespace aura
