// Lower bounds for the first timer of each workspace, so that a scan can start behind the
// tombstones of fired timers. The writer reports each stored timer; the scan raises the marks. A
// workspace without timers has no entry. Any thread may call.
#pragma once

#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/ids.h"

namespace aura::storage {

class TimerMarks {
 public:
  struct Mark {
    Id workspace;
    Millis earliest = 0;
  };

  void stored(std::string_view timer_key);  // call after it is durable

  // Workspaces whose first timer may be due by `now`. Starts a scan: timers stored from now on
  // still count when scanned() sets the new mark of their workspace.
  std::vector<Mark> begin_scan(Millis now);
  void scanned(const Id& workspace, Millis first_left);  // `first_left`: the earliest timer left
  void scanned_empty(const Id& workspace);

 private:
  struct Entry {
    Millis earliest;
    Millis since_scan;  // earliest timer stored since the scan began
  };
  std::mutex mutex_;
  std::unordered_map<Id, Entry> entries_;
};

}  // namespace aura::storage
