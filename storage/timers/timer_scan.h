// Finds due timers. The first scan visits the first timer of every workspace (one seek each). Later
// scans visit only workspaces whose first timer may be due, and start at its low-water mark, to
// skip the tombstones of fired timers. Every scan returns a due timer again until its owner's
// commit erases it. Owned by Storage; one scan at a time, outside the scheduler.
#pragma once

#include <vector>

#include "storage/database.h"
#include "storage/store.h"
#include "storage/timers/timer_marks.h"

namespace aura::storage {

class TimerScan {
 public:
  TimerScan(const Database& database, TimerMarks& marks) : database_(database), marks_(marks) {}

  // At most `limit` timers (rows of Family::timer), in order of time within each workspace.
  Result<std::vector<Row>> due(Millis now, std::size_t limit);

 private:
  void take_due(rocksdb::Iterator& row, Millis now, std::size_t limit, std::vector<Row>& found);
  void find_workspaces(rocksdb::Iterator& row);

  const Database& database_;
  TimerMarks& marks_;
  bool first_ = true;
  std::size_t next_workspace_ = 0;  // rotates which workspace a scan visits first
};

}  // namespace aura::storage
