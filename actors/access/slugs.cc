#include "actors/access/slugs.h"

#include "storage/schema/records.pb.h"

namespace aura {

Result<void> Slugs::load(const storage::Reader& reader) {
  const auto add = [&](std::string_view, std::string_view value) {
    record::Workspace row;
    if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) return true;
    if (const auto id = parse_id(IdType::workspace, row.workspace().id()))
      take(row.workspace().slug(), *id);
    return true;
  };
  return reader.for_each(storage::Family::workspace, {}, add);
}

bool Slugs::take(const std::string& slug, const Id& workspace) {
  const std::lock_guard lock(mutex_);
  return owners_.emplace(slug, workspace).first->second == workspace;
}

void Slugs::release(const std::string& slug, const Id& workspace) {
  const std::lock_guard lock(mutex_);
  const auto it = owners_.find(slug);
  if (it != owners_.end() && it->second == workspace) owners_.erase(it);
}

std::string Slugs::take_like(const std::string& wish, const Id& workspace) {
  std::string slug = wish;
  for (int number = 2; !take(slug, workspace); ++number) slug = wish + '-' + std::to_string(number);
  return slug;
}

}  // namespace aura
