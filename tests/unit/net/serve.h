// Finds a request's route and runs its handler, as the server does, but without a socket.
#pragma once

#include <utility>

#include "net/server/router.h"

namespace aura::net {

inline void serve(const Router& router, Request&& request, Responder responder) {
  Response refusal;
  const Router::Route* const route = router.find(request, refusal);
  auto refused = route && route->options.refuses ? route->options.refuses(request) : std::nullopt;
  if (refused) {
    responder.reply(std::move(*refused));
  } else if (route) {
    route->handler(std::move(request), std::move(responder));
  } else {
    responder.reply(std::move(refusal));
  }
}

}  // namespace aura::net
