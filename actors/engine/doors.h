// Shared by the ports: the root of the supervision tree, and the gate that bounds the commands in
// flight. Owned by the EngineHost; any thread may call.
#pragma once

#include <atomic>
#include <caf/actor.hpp>
#include <caf/send.hpp>
#include <optional>
#include <utility>

#include "actors/protocol.h"
#include "actors/services.h"
#include "config/limits.h"
#include "runtime/gate.h"

namespace aura {

struct Doors {
  Services& services;
  Gate gate{limits::kCommandsInFlight};  // commands from the ports
  caf::actor root;  // set by the start, before `open`, and kept: other threads read it meanwhile
  std::atomic<bool> open{false};  // between the start and the stop

  // A reply that holds a permit of the gate; nullopt (after answering with an error) if the gate is
  // full or the engine takes no work.
  template <class T>
  std::optional<OnceReply<T>> admit(Reply<T> reply) {
    Permit permit = gate.try_enter();
    if (!permit || !open || !services.room_on_disk()) {
      reply(fail(open && !permit ? Errc::overloaded : Errc::unavailable,
                 "The engine takes no more work now; please try again shortly."));
      return std::nullopt;
    }
    return OnceReply<T>([permit = std::move(permit), reply = std::move(reply)](Result<T> result) {
      reply(std::move(result));
    });
  }
  template <class Envelope>
  void send(Envelope envelope) const {
    caf::anon_send(root, std::move(envelope));
  }
};

}  // namespace aura
