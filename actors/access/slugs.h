// Maps each slug to its one workspace. Filled from the workspace rows at start, updated by
// workspace actors. A member of Services. Any thread may call.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "runtime/ids.h"
#include "storage/store.h"

namespace aura {

class Slugs {
 public:
  Result<void> load(const storage::Reader& reader);         // those of the stored workspaces
  bool take(const std::string& slug, const Id& workspace);  // false: another workspace has it
  void release(const std::string& slug, const Id& workspace);
  // Takes and returns a free slug similar to `wish`.
  std::string take_like(const std::string& wish, const Id& workspace);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, Id> owners_;
};

}  // namespace aura
