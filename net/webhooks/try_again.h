// What a provider is told whose events were not stored: it sends them again. Pure.
#pragma once

#include "config/limits.h"
#include "net/http.h"

namespace aura::net {

inline Response try_again(Errc code) {
  Response response = problem(503, code == Errc::overloaded ? "overloaded" : "unavailable",
                              "Try again later", "Nothing of this was stored; send it again.");
  return std::move(response.with("Retry-After", std::to_string(limits::kRetryAfter.count())));
}

}  // namespace aura::net
