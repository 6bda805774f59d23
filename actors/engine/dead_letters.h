// Dead letters that come back: into the journal of whoever has the account now, and to its
// connection. Nobody owns them: all that is needed are the services. On a read thread, since rows
// are read inline.
#pragma once

#include <caf/actor.hpp>
#include <string>
#include <variant>

#include "actors/services.h"
#include "runtime/ports/engine_api.h"

namespace aura {

// The letter at this key goes in the commit that brings its event back; the audit names `who`.
void retry_letter(Services& services, const caf::actor& root, const std::string& who,
                  const std::string& at, Reply<std::monostate> reply);

// What came for the channel's account before the channel was there. May be called on any thread.
void retry_letters_of(Services& services, const caf::actor& root, const api::Channel& channel);

}  // namespace aura
