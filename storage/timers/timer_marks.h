// How early the first timer of each workspace can be: the low-water marks that let a scan start
// behind the tombstones of timers that fired. The writer tells it of each timer it stored, the scan
// raises the marks; a workspace without timers has no entry. Any thread may call.
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

  void stored(std::string_view timer_key);  // after it is durable

  // Workspaces whose first timer may be due by `now`. Starts a scan: timers stored from here on
  // survive the `scanned` of their workspace.
  std::vector<Mark> begin_scan(Millis now);
  void scanned(const Id& workspace, Millis first_left);  // the earliest timer still there
  void scanned_empty(const Id& workspace);

 private:
  struct Entry {
    Millis earliest;
    Millis since_scan;  // earliest of those stored since the scan began
  };
  std::mutex mutex_;
  std::unordered_map<Id, Entry> entries_;
};

}  // namespace aura::storage
