#include "actors/engine/fair_queue.h"

#include <algorithm>
#include <utility>

namespace aura {

bool FairQueue::has_room(const QueuedEvent& event) const {
  return events_ < limits_.memory_events &&
         bytes_ + static_cast<std::int64_t>(event.payload.size()) <= limits_.memory_bytes;
}

void FairQueue::add(Lane& lane, QueuedEvent event) {
  ++events_;
  bytes_ += static_cast<std::int64_t>(event.payload.size());
  if (lane.events.empty()) ring_.push_back(event.workspace);
  lane.events.push_back(std::move(event));
}

bool FairQueue::has_backlog(const Id& workspace, std::size_t few) const {
  const auto lane = lanes_.find(workspace);
  return lane != lanes_.end() &&
         (lane->second.source != Source::memory || lane->second.events.size() > few);
}

void FairQueue::forget(const QueuedEvent& event) {
  --events_;
  bytes_ -= static_cast<std::int64_t>(event.payload.size());
}

void FairQueue::want_read(const Id& workspace, Lane& lane) {
  lane.source = Source::wants_read;
  want_reads_.push_back(workspace);
}

void FairQueue::on_empty(const Id& workspace, Lane& lane) {
  lane.deficit = 0;
  if (lane.source == Source::memory)
    lanes_.erase(workspace);
  else
    want_read(workspace, lane);
}

void FairQueue::arrive(QueuedEvent event) {
  const Id workspace = event.workspace;
  if (const auto read = read_to_.find(workspace); read != read_to_.end()) {
    if (event.sequence <= read->second) return;
    read_to_.erase(read);
  }
  Lane& lane = lanes_[workspace];
  if (lane.source == Source::reading) lane.source = Source::reading_more;
  if (lane.source != Source::memory) return;  // it is read from disk, after the older rows
  if (has_room(event)) return add(lane, std::move(event));
  lane.source = Source::disk_next;
  lane.next_on_disk = event.sequence;
  if (lane.events.empty()) on_empty(workspace, lane);
}

void FairQueue::found_on_disk(const Id& workspace) {
  Lane& lane = lanes_[workspace];
  // The events in memory are on disk too, after the older rows: drop them.
  if (!lane.events.empty()) std::erase(ring_, workspace);
  for (const QueuedEvent& event : std::exchange(lane.events, {})) forget(event);
  lane.next_on_disk = 0;
  if (is_read(lane))
    lane.source = Source::reading_stale;
  else if (lane.source != Source::wants_read)
    want_read(workspace, lane);
}

std::vector<QueuedEvent> FairQueue::pop_batch(Lane& lane, std::int64_t room) {
  std::vector<QueuedEvent> batch;
  while (!lane.events.empty() && room > 0 && lane.deficit > 0) {
    QueuedEvent& event = lane.events.front();
    if (!batch.empty() && batch.front().channel != event.channel) break;
    forget(event);
    --lane.deficit;
    --room;
    batch.push_back(std::move(event));
    lane.events.pop_front();
  }
  return batch;
}

std::optional<FairQueue::DiskRead> FairQueue::next_disk_read() {
  const std::int64_t coming = reads_ * static_cast<std::int64_t>(kPage);
  if (want_reads_.empty() || events_ + coming >= limits_.memory_events ||
      bytes_ >= limits_.memory_bytes)
    return std::nullopt;
  const Id workspace = want_reads_.front();
  want_reads_.pop_front();
  Lane& lane = lanes_.at(workspace);
  lane.source = Source::reading;
  ++reads_;
  return DiskRead{workspace, lane.next_on_disk};
}

void FairQueue::read_from_disk(const Id& workspace, std::vector<QueuedEvent> events, bool last) {
  Lane& lane = lanes_.at(workspace);
  --reads_;
  if (lane.source == Source::reading_stale) return want_read(workspace, lane);
  const bool all = last && lane.source != Source::reading_more;
  lane.source = all ? Source::memory : Source::disk_next;
  if (events.empty()) return on_empty(workspace, lane);
  const std::uint64_t to = events.back().sequence;
  lane.next_on_disk = to + 1;
  read_to_[workspace] = std::max(read_to_[workspace], to);
  for (QueuedEvent& event : events) add(lane, std::move(event));
}

void FairQueue::disk_read_failed(const Id& workspace) {
  --reads_;
  want_read(workspace, lanes_.at(workspace));
}

}  // namespace aura
