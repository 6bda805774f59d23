// Retries dead letters: puts their events back into the journal of the workspace that now has the
// account, and hands them to its connection. Stateless functions. Call on a read thread: they read
// rows inline.
#pragma once

#include <caf/actor.hpp>
#include <string>
#include <variant>

#include "actors/services.h"
#include "runtime/ports/engine_api.h"
#include "storage/schema/records.pb.h"

namespace aura {

// Retries the letter at key `at`: one commit erases the letter and journals its event. The audit
// entry names `who`.
void retry_letter(Services& services, const caf::actor& root, const std::string& who,
                  const std::string& at, Reply<std::monostate> reply);

// Until when retry_letter() can read the letter's event, at least.
Millis retry_until(const record::DeadLetter& letter);

// Retries the events that arrived for the channel's account before the channel existed. Any thread.
void retry_letters_of(Services& services, const caf::actor& root, const api::Channel& channel);

}  // namespace aura
