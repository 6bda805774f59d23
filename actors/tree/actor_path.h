// Paths of the supervision tree: "/engine/partitions/17/workspaces/ws_…/conversations/cv_…". Pure;
// any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/ids.h"

namespace aura::actor_path {

// The next level below an actor's path: a folder and a name, or a service alone.
struct Step {
  std::string_view folder, name;  // "partitions", "17"; for a service: "ingress", ""
  bool last = false;
};
Step first(std::string_view rest);

std::string partition(const Id& workspace);
std::string workspace(const Id& workspace);
std::string conversation(const Id& workspace, const Id& conversation);
std::string connection(const Id& workspace, const Id& channel);

// The objects named by a path; ids are empty beyond the end of the path.
struct Named {
  Id workspace, conversation, channel;
  bool exact = false;  // the path ends at the named object
};
std::optional<Named> parse(std::string_view path);  // nothing: invalid, or above workspaces

}  // namespace aura::actor_path
