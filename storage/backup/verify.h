// Reads everything and reports inconsistencies: rows that break their family's rule (row_rules.h),
// audit chains with an altered, missing or moved entry, data keys that do not unwrap. For backups
// and for data directories that no engine uses. Blocks for a long time; not for the scheduler.
// Changes nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "storage/audit/check.h"
#include "storage/database.h"
#include "storage/vault/keyring.h"

namespace aura::storage {

// Called every 100,000 rows of a family and at the end of each family.
using VerifyProgress = std::function<void(const char* family, std::uint64_t rows, bool done)>;

struct VerifyOptions {
  const DataKey* master = nullptr;  // if set, also unwraps the data keys
  std::string audit_key;            // the key that must have signed the audit heads; empty: any
  std::vector<ChainHead> heads;     // signed heads kept elsewhere
  VerifyProgress progress;
};

Result<Verification> verify(const Database& database, const Keyring& keyring,
                            const VerifyOptions& options = {});

}  // namespace aura::storage
