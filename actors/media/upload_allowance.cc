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

// A refused upload adds no entry, so the channel's bound also bounds the other tables.
Result<void> UploadAllowance::take(const UploadSource& source, std::int64_t bytes, Millis now) {
  if (now / kDay != day_) *this = {};
  day_ = now / kDay;
  Used& channel = channels_[source.channel];
  if (channel.files >= limits::kChannelUploads ||
      channel.bytes + bytes > limits::kChannelUploadBytes)
    return used_up(now);
  const auto owner = owners_.find(source.owner);
  if (owner != owners_.end() && owner->second.files >= limits::kVisitorUploads) return used_up(now);
  const auto address = addresses_.find(source.address);
  const std::int64_t used_here = address == addresses_.end() ? 0 : address->second.bytes;
  if (used_here + bytes > limits::kAddressUploadBytes) return used_up(now);
  for (Used* used : {&channel, &owners_[source.owner], &addresses_[source.address]}) {
    ++used->files;
    used->bytes += bytes;
  }
  return {};
}

}  // namespace aura
