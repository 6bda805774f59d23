// The rules for a single row: its key has the family's layout, its record can be parsed, the rows
// and data keys it refers to exist, and they refer back to it where required. One rule per family,
// in the order of families.h; a new family needs a new line in the table. Only reads; not for the
// scheduler.
#pragma once

#include <optional>
#include <string>

#include "storage/keys.h"
#include "storage/store.h"
#include "storage/vault/keyring.h"

namespace aura::storage {

// Access to everything that a row may refer to.
class Surroundings {
 public:
  Surroundings(const Reader& reader, const Keyring& keyring) : reader_(reader), keyring_(keyring) {}

  bool has(Family family, const std::string& key) const { return get(family, key).has_value(); }
  std::optional<std::string> get(Family family, const std::string& key) const;
  enum class KeyState { living, destroyed, missing };
  KeyState data_key(const std::string& key) const;  // `key`: from keyring_keys

 private:
  const Reader& reader_;
  const Keyring& keyring_;
};

struct StoredRow {
  std::string_view key, value;
  Id workspace;
  std::string_view rest;  // of the key, after "p ws"
};

// Null if the row is good, else a description of the problem. The family `meta` has no rule.
const char* row_problem(Family family, std::string_view key, std::string_view value,
                        const Surroundings& around);

}  // namespace aura::storage
