// What restored data needs before an engine may work on it: contacts erased since the backup are
// erased again, sends that may have gone out since are flagged, and sequences go on far above any
// that was given out after the backup, so that no number ever means two things. Works on closed
// data; one thread; blocks.
#pragma once

#include <cstdint>

#include "runtime/clock.h"
#include "storage/database.h"
#include "storage/vault/keyring.h"

namespace aura::storage {

struct Settled {
  std::uint64_t erased_contacts = 0;  // whose key was destroyed: their rows went
  std::uint64_t unsure_sends = 0;     // queued in the backup, perhaps sent after it
};

Result<Settled> settle_restored(Database& database, Keyring& keyring, const Clock& clock,
                                std::uint64_t position);

}  // namespace aura::storage
