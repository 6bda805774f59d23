#include "actors/media/upload_allowance.h"

#include "config/limits.h"

namespace aura {
namespace {

constexpr Millis kDay = 24 * 3'600'000;

Result<void> used_up(Millis now) {
  Error error{Errc::rate_limited, "Too many files today; please try again tomorrow.", {}};
  error.retry_after =
      std::chrono::ceil<std::chrono::seconds>(std::chrono::milliseconds(kDay - now % kDay));
  return tl::unexpected(std::move(error));
}

}  // namespace

// The channel's bounds come first: they keep the other tables small.
Result<void> UploadAllowance::take(const UploadSource& source, std::int64_t bytes, Millis now) {
  if (now / kDay != day_) *this = {};
  day_ = now / kDay;
  Used& channel = channels_[source.channel];
  if (channel.files >= limits::kChannelUploads ||
      channel.bytes + bytes > limits::kChannelUploadBytes)
    return used_up(now);
  Used& owner = owners_[source.owner];
  Used& address = addresses_[source.address];
  if (owner.files >= limits::kVisitorUploads || address.bytes + bytes > limits::kAddressUploadBytes)
    return used_up(now);
  for (Used* used : {&channel, &owner, &address}) {
    ++used->files;
    used->bytes += bytes;
  }
  return {};
}

}  // namespace aura
