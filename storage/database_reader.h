// The Reader over the database. Owned by Storage; the database must outlive it. Any thread may
// call; storage/store.h says which calls may run on the scheduler.
#pragma once

#include "storage/database.h"
#include "storage/store.h"

namespace aura::storage {

class DatabaseReader final : public Reader {
 public:
  explicit DatabaseReader(const Database& database) : database_(database) {}

  Result<std::optional<std::string>> get(Family family, std::string_view key) const override;
  Result<std::vector<Row>> scan(Family family, std::string_view prefix, std::string_view start,
                                std::size_t limit,
                                Direction direction = Direction::forward) const override;
  Result<void> for_each(
      Family family, std::string_view prefix,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override;

 private:
  const Database& database_;
};

}  // namespace aura::storage
