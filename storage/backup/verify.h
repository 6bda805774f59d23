// Reads everything and tells what does not fit: rows that break the rule of their family
// (row_rules.h), audit chains with an altered, missing or moved entry, data keys that do not open.
// For data directories no engine runs on, for backups, after restores. Blocks for long; not for the
// scheduler. Changes nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "storage/audit/check.h"
#include "storage/database.h"
#include "storage/vault/keyring.h"

namespace aura::storage {

// Told every 100,000 rows of a family, and of each family when it was read.
using VerifyProgress = std::function<void(const char* family, std::uint64_t rows, bool done)>;

struct VerifyOptions {
  const DataKey* master = nullptr;  // with it, the data keys are opened too
  std::string audit_key;            // who must have signed the audit heads; empty: any
  std::vector<ChainHead> heads;     // signed heads that were kept elsewhere
  VerifyProgress progress;
};

Result<Verification> verify(const Database& database, const Keyring& keyring,
                            const VerifyOptions& options = {});

}  // namespace aura::storage
