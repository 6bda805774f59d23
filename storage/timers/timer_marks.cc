#include "storage/timers/timer_marks.h"

#include <algorithm>
#include <limits>

#include "storage/keys.h"

namespace aura::storage {
namespace {
constexpr Millis kNever = std::numeric_limits<Millis>::max();
}

void TimerMarks::stored(std::string_view timer_key) {
  const auto key = keys::parse_timer(timer_key);
  if (!key) return;
  const std::lock_guard lock(mutex_);
  Entry& entry = entries_.try_emplace(key->workspace, Entry{kNever, kNever}).first->second;
  entry.earliest = std::min(entry.earliest, key->due);
  entry.since_scan = std::min(entry.since_scan, key->due);
}

std::vector<TimerMarks::Mark> TimerMarks::begin_scan(Millis now) {
  const std::lock_guard lock(mutex_);
  std::vector<Mark> due;
  for (auto& [workspace, entry] : entries_) {
    entry.since_scan = kNever;
    if (entry.earliest <= now) due.push_back({workspace, entry.earliest});
  }
  return due;
}

void TimerMarks::scanned(const Id& workspace, Millis first_left) {
  const std::lock_guard lock(mutex_);
  Entry& entry = entries_.try_emplace(workspace, Entry{kNever, kNever}).first->second;
  entry.earliest = std::min(first_left, entry.since_scan);
}

void TimerMarks::scanned_empty(const Id& workspace) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(workspace);
  if (found == entries_.end()) return;
  if (found->second.since_scan == kNever)
    entries_.erase(found);
  else
    found->second.earliest = found->second.since_scan;
}

}  // namespace aura::storage
