// What must be true of a single row: its key has the family's layout, its record can be read, the
// rows and data keys it names are there, and they name it back where they should. One rule a
// family, in the order of the catalogue (families.h): a new family gets a new line in the table.
// Pure reads; not for the scheduler.
#pragma once

#include <optional>
#include <string>

#include "storage/keys.h"
#include "storage/store.h"
#include "storage/vault/keyring.h"

namespace aura::storage {

// Everything a row may name.
class Surroundings {
 public:
  Surroundings(const Reader& reader, const Keyring& keyring) : reader_(reader), keyring_(keyring) {}

  bool has(Family family, const std::string& key) const { return get(family, key).has_value(); }
  std::optional<std::string> get(Family family, const std::string& key) const;
  enum class KeyState { living, destroyed, missing };
  KeyState data_key(const std::string& key) const;  // of keyring_keys

 private:
  const Reader& reader_;
  const Keyring& keyring_;
};

struct StoredRow {
  std::string_view key, value;
  Id workspace;
  std::string_view rest;  // of the key, behind "p ws"
};

// Null, or what is wrong. Rows of the family `meta` have no rule.
const char* row_problem(Family family, std::string_view key, std::string_view value,
                        const Surroundings& around);

}  // namespace aura::storage
