// What Meta's usage headers tell of an account's allowance. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/ports/channel_adapter.h"

namespace aura::net {

// The app through which pages, linked Instagram accounts and WhatsApp numbers are called.
inline constexpr std::string_view kFacebookApp = "facebook";

struct GraphUsage {
  std::int64_t percent = 0;  // the highest that any header names
  std::int64_t minutes = 0;  // until access is regained
  bool of_app = false;       // the app's own allowance is used up

  // How long to wait if the allowance is used up; `least` where no time is told.
  std::optional<Millis> pause(Millis least) const;
  int percent_for_outcome() const;
};

GraphUsage graph_usage(const ProviderReply& reply);

}  // namespace aura::net
