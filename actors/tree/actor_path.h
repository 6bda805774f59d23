// Paths of the supervision tree: "/engine/partitions/17/workspaces/ws_…/conversations/cv_…". Pure;
// any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/ids.h"

namespace aura::actor_path {

// The next level of what follows an actor's own path: a folder and a name, or a service alone.
struct Step {
  std::string_view folder, name;  // "partitions", "17"; of "ingress": "ingress", ""
  bool last = false;
};
Step first(std::string_view rest);

std::string partition(const Id& workspace);
std::string workspace(const Id& workspace);
std::string conversation(const Id& workspace, const Id& conversation);
std::string connection(const Id& workspace, const Id& channel);

// What a path names; empty ids where it ends earlier.
struct Named {
  Id workspace, conversation, channel;
  bool exact = false;  // it names this and nothing below
};
std::optional<Named> parse(std::string_view path);  // nothing: above a workspace, or none of ours

}  // namespace aura::actor_path
