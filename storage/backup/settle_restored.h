// Prepares restored data for use: erases contacts again that were erased since the backup, flags
// sends that may have gone out since, and moves sequences far above any issued after the backup, so
// that no number is used twice. Works on data that no engine uses; one thread; blocks.
#pragma once

#include <cstdint>

#include "runtime/clock.h"
#include "storage/database.h"
#include "storage/vault/keyring.h"

namespace aura::storage {

struct Settled {
  std::uint64_t erased_contacts = 0;  // contacts with a destroyed key: their rows were removed
  std::uint64_t unsure_sends = 0;     // queued in the backup, possibly sent after it
};

Result<Settled> settle_restored(Database& database, Keyring& keyring, const Clock& clock,
                                std::uint64_t position);

}  // namespace aura::storage
