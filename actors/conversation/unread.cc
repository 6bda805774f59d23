#include "actors/conversation/unread.h"

#include <algorithm>

#include "config/limits.h"

namespace aura::conversation {
namespace {

void drop_oldest(record::Conversation& row, int count) {
  auto& times = *row.mutable_unread_ms();
  times.erase(times.begin(), times.begin() + count);
}

}  // namespace

// `unread` may exceed the number of stored times: the remaining messages are older than all of
// them.
void count_unread(record::Conversation& row, Millis at) {
  if (at <= row.answered_ms()) return;
  row.set_unread(row.unread() + 1);
  auto& times = *row.mutable_unread_ms();
  times.Add(at);
  std::sort(times.begin(), times.end());
  if (times.size() > limits::kUnreadTimes) drop_oldest(row, 1);
}

void forget_unread(record::Conversation& row, Millis at) {
  auto& times = *row.mutable_unread_ms();
  const auto found = std::lower_bound(times.begin(), times.end(), at);
  if (found == times.end() || *found != at) return;
  times.erase(found);
  row.set_unread(row.unread() - 1);
}

void answered_elsewhere(record::Conversation& row, Millis at) {
  if (at <= row.answered_ms()) return;
  row.set_answered_ms(at);
  const auto& times = row.unread_ms();
  const auto seen = std::upper_bound(times.begin(), times.end(), at) - times.begin();
  if (seen == 0 && !times.empty()) return;
  drop_oldest(row, static_cast<int>(seen));
  row.set_unread(times.size());
}

void set_unread(record::Conversation& row, int count) {
  row.set_unread(count);
  if (row.unread_ms_size() > count) drop_oldest(row, row.unread_ms_size() - count);
}

}  // namespace aura::conversation
