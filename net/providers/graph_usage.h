// Parses Meta's usage headers, which report the used share of an account's rate limit. Pure; any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/ports/channel_adapter.h"

namespace aura::net {

// The Meta app used for pages, linked Instagram accounts and WhatsApp numbers.
inline constexpr std::string_view kFacebookApp = "facebook";

struct GraphUsage {
  std::int64_t percent = 0;  // the highest value in any header
  std::int64_t minutes = 0;  // until access is regained
  bool of_app = false;       // the app's own allowance is used up

  // How long to wait if the limit is used up; at least `least`.
  std::optional<Millis> pause(Millis least) const;
  int percent_for_outcome() const;
};

GraphUsage graph_usage(const ProviderReply& reply);

}  // namespace aura::net
