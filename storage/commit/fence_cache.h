// Caches the newest versions of fenced rows, so that most commits are checked without a read. Two
// generations: entries not used while kYoung others were added are dropped. Used on the writer's
// thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "storage/families.h"

namespace aura::storage {

class FenceCache {
 public:
  std::optional<std::uint64_t> find(Family family, std::string_view key) {
    const std::string& name = name_of(family, key);
    if (const auto young = young_.find(name); young != young_.end()) return young->second;
    const auto old = old_.find(name);
    if (old == old_.end()) return std::nullopt;
    young_.emplace(name, old->second);
    return old->second;
  }

  void set(Family family, std::string_view key, std::uint64_t version) {
    young_.insert_or_assign(name_of(family, key), version);
  }

  void clear() {
    young_.clear();
    old_.clear();
  }

  // Call only between groups: within a group the stored rows lag behind the cache.
  void age() {
    if (young_.size() < kYoung) return;
    old_ = std::exchange(young_, {});
  }

 private:
  static constexpr std::size_t kYoung = 16'384;

  const std::string& name_of(Family family, std::string_view key) {
    name_.assign(1, static_cast<char>(family)).append(key);
    return name_;
  }

  std::unordered_map<std::string, std::uint64_t> young_, old_;
  std::string name_;
};

}  // namespace aura::storage
