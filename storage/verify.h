// Reads everything and tells what does not fit: rows whose key or record cannot be read, contacts
// whose key neither lives nor was destroyed, broken audit chains. For backups, after restores and
// for operators. Blocks for long; not for the scheduler. Changes nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "storage/database.h"
#include "storage/keyring.h"

namespace aura::storage {

struct Verification {
  std::uint64_t rows = 0;
  std::uint64_t problems = 0;
  std::vector<std::string> first_problems;  // family, key in hex and what is wrong; at most 20

  bool good() const { return problems == 0; }
};

// `progress` is told of each family when it was read.
Result<Verification> verify(
    const Database& database, const Keyring& keyring,
    const std::function<void(const char* family, std::uint64_t rows)>& progress = nullptr);

}  // namespace aura::storage
