// Remembers which workspaces were lately served without a backlog, so that a flooded workspace
// leaves the actors and the writer to them. Pure; owned by the ingress actor and used on it.
#pragma once

#include <chrono>

#include "runtime/ids.h"

namespace aura {

class Neighbours {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  explicit Neighbours(std::chrono::milliseconds lately) : lately_(lately) {}

  // An event of the workspace is dispatched, and few wait behind it.
  void served(const Id& workspace, Moment now) {
    if (last_.workspace != workspace) other_ = last_;
    last_ = {workspace, now};
  }
  // Whether a workspace other than this one was served lately.
  bool has(const Id& workspace, Moment now) const {
    const Served& served = last_.workspace != workspace ? last_ : other_;
    return !served.workspace.empty() && now - served.at < lately_;
  }

 private:
  struct Served {
    Id workspace;
    Moment at;
  };
  const std::chrono::milliseconds lately_;
  Served last_, other_;  // the last one served, and the last one before it that was another
};

}  // namespace aura
