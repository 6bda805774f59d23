// Typed point reads. A failed read and a damaged row are errors, never "not there". Any thread may
// call.
#pragma once

#include "storage/store.h"

namespace aura::storage {

template <class Record>
Result<Record> parse(std::string_view value) {
  Record row;
  if (!row.ParseFromArray(value.data(), static_cast<int>(value.size())))
    return fail(Errc::corrupt, "A stored row is not readable.");
  return row;
}

// nullopt: there is no row at `key`.
template <class Record>
Result<std::optional<Record>> read(const Reader& reader, Family family, std::string_view key) {
  const auto value = reader.get(family, key);
  if (!value) return tl::unexpected(value.error());
  if (!*value) return std::nullopt;
  return parse<Record>(**value);
}

// For rows that must be there: Errc::not_found, with this detail, if there is none at `key`.
template <class Record>
Result<Record> read_existing(const Reader& reader, Family family, std::string_view key,
                             const char* missing) {
  auto row = read<Record>(reader, family, key);
  if (!row) return tl::unexpected(std::move(row.error()));
  if (!*row) return fail(Errc::not_found, missing);
  return std::move(**row);
}

}  // namespace aura::storage
