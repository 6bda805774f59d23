// Finds the timers that are due. The first scan visits the first timer of every workspace (one seek
// each), later ones only workspaces whose first timer may be due, from their low-water mark on, so
// that the tombstones of fired timers are not walked again. A timer comes again at each scan until
// its owner's commit erases it. Owned by the application; one scan at a time, off the scheduler.
#pragma once

#include <string>
#include <vector>

#include "storage/database.h"
#include "storage/keys.h"
#include "storage/timers/timer_marks.h"

namespace aura::storage {

struct DueTimer {
  keys::TimerKey key;
  std::string value;  // record::Timer
};

class TimerScan {
 public:
  TimerScan(const Database& database, TimerMarks& marks) : database_(database), marks_(marks) {}

  // At most `limit`, each workspace's in order of their time.
  Result<std::vector<DueTimer>> due(Millis now, std::size_t limit);

 private:
  void take_due(rocksdb::Iterator& row, Millis now, std::size_t limit,
                std::vector<DueTimer>& found);
  void find_workspaces(rocksdb::Iterator& row);

  const Database& database_;
  TimerMarks& marks_;
  bool first_ = true;
  std::size_t next_workspace_ = 0;  // where the last scan stopped at its limit
};

}  // namespace aura::storage
