#include "storage/timers/timer_scan.h"

#include <algorithm>

#include "storage/keys.h"

namespace aura::storage {

// Sets the mark of every workspace that has timers to its first timer.
void TimerScan::find_workspaces(rocksdb::Iterator& row) {
  for (row.SeekToFirst(); row.Valid();) {
    const auto key = keys::parse_timer(row.key().ToStringView());
    if (!key) {
      row.Next();
      continue;
    }
    marks_.stored(row.key().ToStringView());
    row.Seek(prefix_end(keys::head(key->workspace)));
  }
}

// Collects the due timers of one workspace, starting at `row`.
void TimerScan::take_due(rocksdb::Iterator& row, Millis now, std::size_t limit,
                         std::vector<Row>& found) {
  for (; row.Valid(); row.Next()) {
    const auto key = keys::parse_timer(row.key().ToStringView());
    if (!key || key->due > now || found.size() >= limit) return;
    found.push_back({row.key().ToString(), row.value().ToString()});
  }
}

Result<std::vector<Row>> TimerScan::due(Millis now, std::size_t limit) {
  if (first_) {
    // The writer marks timers stored meanwhile.
    const std::unique_ptr<rocksdb::Iterator> row(
        database_.db().NewIterator({}, database_.handle(Family::timer)));
    find_workspaces(*row);
    if (!row->status().ok()) return tl::unexpected(to_error(row->status(), "reading timers"));
    first_ = false;
  }
  const auto workspaces = marks_.begin_scan(now);
  std::vector<Row> found;
  for (std::size_t i = 0; i < workspaces.size() && found.size() < limit; ++i) {
    const TimerMarks::Mark& mark = workspaces[(next_workspace_ + i) % workspaces.size()];
    const std::string begin = keys::timer(mark.workspace, mark.earliest, Id{}, 0);
    const std::string end = prefix_end(keys::head(mark.workspace));
    const rocksdb::Slice end_slice(end);
    rocksdb::ReadOptions options;
    options.iterate_upper_bound = &end_slice;
    const std::unique_ptr<rocksdb::Iterator> row(
        database_.db().NewIterator(options, database_.handle(Family::timer)));
    row->Seek(begin);
    const auto first = row->Valid() ? keys::parse_timer(row->key().ToStringView()) : std::nullopt;
    take_due(*row, now, limit, found);
    if (!row->status().ok()) return tl::unexpected(to_error(row->status(), "reading timers"));
    if (first)
      marks_.scanned(mark.workspace, first->due);
    else
      marks_.scanned_empty(mark.workspace);
  }
  next_workspace_ += 1;  // if more timers are due than `limit`, the workspaces take turns
  return found;
}

}  // namespace aura::storage
