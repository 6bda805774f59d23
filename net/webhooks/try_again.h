// The response to a provider whose events were not stored, so that it sends them again. Pure.
#pragma once

#include "net/server/problem.h"

namespace aura::net {

inline Response try_again(Errc code) {
  return problem(503, code == Errc::overloaded ? "overloaded" : "unavailable", "Try again later",
                 "Nothing of this was stored; send it again.");
}

}  // namespace aura::net
