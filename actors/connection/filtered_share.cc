#include "actors/connection/filtered_share.h"

#include <string>

#include "config/limits.h"

namespace aura {
namespace {

// What the owner is told; `failed` is the latest of the messages.
ChannelEvent notice_of(const FilteredShare::Alert& alert, const ChannelEvent& failed) {
  ChannelEvent notice;
  notice.kind = ChannelEvent::Kind::account;
  notice.external_id = std::string(kFiltered) + ":" + failed.external_id;
  notice.thread = failed.thread;
  notice.at = failed.at;
  notice.account =
      AccountNotice{"filtered", kFiltered, failed.provider_code,
                    "Of the last " + std::to_string(alert.ended) + " messages carriers took " +
                        std::to_string(alert.filtered) + " for spam. " + failed.error_detail,
                    false};
  return notice;
}

}  // namespace

std::optional<FilteredShare::Alert> FilteredShare::ended(bool filtered, Millis now) {
  constexpr Millis kHour = 3'600'000;
  const std::int64_t number = now / kHour;
  Hour& hour = hours_[static_cast<std::size_t>(number % kHours)];
  if (hour.number != number) hour = {number};
  ++hour.ended;
  if (!filtered) return std::nullopt;
  ++hour.filtered;
  if (number < quiet_until_) return std::nullopt;
  Alert sum;
  for (const Hour& one : hours_) {
    if (one.number <= number - kHours) continue;
    sum.filtered += one.filtered;
    sum.ended += one.ended;
  }
  const bool many = sum.filtered > limits::kFilteredShare * sum.ended;
  if (!many || sum.filtered < limits::kFilteredLeast) return std::nullopt;
  quiet_until_ = number + kHours;
  return sum;
}

void FilteredShare::watch(std::vector<ChannelEvent>& events, Millis now) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    const ChannelEvent& event = events[i];
    const bool failed = event.status == api::MESSAGE_STATUS_FAILED;
    const bool over = failed || event.status == api::MESSAGE_STATUS_DELIVERED;
    if (event.kind != ChannelEvent::Kind::status || !over) continue;
    const bool filtered = failed && event.error_code == kFiltered;
    if (const auto alert = ended(filtered, now)) events.push_back(notice_of(*alert, event));
  }
}

}  // namespace aura
