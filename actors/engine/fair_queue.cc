#include "actors/engine/fair_queue.h"

#include <algorithm>
#include <utility>

namespace aura {

void FairQueue::enlist(const Id& workspace, Lane& lane) {
  if (lane.in_ring || lane.events.empty()) return;
  lane.in_ring = true;
  ring_.push_back(workspace);
}

bool FairQueue::has_room(const QueuedEvent& event) const {
  return events_ < limits_.memory_events &&
         bytes_ + static_cast<std::int64_t>(event.payload.size()) <= limits_.memory_bytes;
}

void FairQueue::arrive(QueuedEvent event) {
  if (const auto read = read_to_.find(event.workspace); read != read_to_.end()) {
    if (event.sequence <= read->second) return;
    read_to_.erase(read);
  }
  Lane& lane = lanes_[event.workspace];
  if (lane.disk_from) {  // older rows are on disk: read this one after them
    lane.arrived_while_reading = true;
    return;
  }
  if (!has_room(event)) {
    lane.disk_from = event.sequence;
    if (lane.events.empty()) wanting_disk_.push_back(event.workspace);
    return;
  }
  ++events_;
  bytes_ += static_cast<std::int64_t>(event.payload.size());
  const Id workspace = event.workspace;
  lane.events.push_back(std::move(event));
  enlist(workspace, lane);
}

void FairQueue::found_on_disk(const Id& workspace) {
  Lane& lane = lanes_[workspace];
  // The events in memory are on disk too, after the older rows: drop them.
  for (const QueuedEvent& event : lane.events)
    bytes_ -= static_cast<std::int64_t>(event.payload.size());
  events_ -= static_cast<std::int64_t>(lane.events.size());
  lane.events.clear();
  if (lane.in_ring) std::erase(ring_, workspace);
  lane.in_ring = false;
  lane.disk_from = 0;
  lane.read_anew = lane.reading;
  std::erase(wanting_disk_, workspace);
  if (!lane.reading) wanting_disk_.push_back(workspace);
}

std::vector<QueuedEvent> FairQueue::pop_batch(Lane& lane, std::int64_t room) {
  std::vector<QueuedEvent> batch;
  while (!lane.events.empty() && room > 0 && lane.deficit > 0) {
    QueuedEvent& event = lane.events.front();
    if (!batch.empty() && batch.front().channel != event.channel) break;
    --events_;
    bytes_ -= static_cast<std::int64_t>(event.payload.size());
    --lane.deficit;
    --room;
    batch.push_back(std::move(event));
    lane.events.pop_front();
  }
  return batch;
}

std::optional<FairQueue::DiskRead> FairQueue::next_disk_read() {
  const std::int64_t coming = reads_ * static_cast<std::int64_t>(kPage);
  if (wanting_disk_.empty() || events_ + coming >= limits_.memory_events ||
      bytes_ >= limits_.memory_bytes)
    return std::nullopt;
  const Id workspace = wanting_disk_.front();
  wanting_disk_.pop_front();
  Lane& lane = lanes_.at(workspace);
  lane.reading = true;
  ++reads_;
  lane.arrived_while_reading = false;
  return DiskRead{workspace, *lane.disk_from};
}

void FairQueue::read_from_disk(const Id& workspace, std::vector<QueuedEvent> events, bool last) {
  Lane& lane = lanes_.at(workspace);
  lane.reading = false;
  --reads_;
  if (std::exchange(lane.read_anew, false)) return wanting_disk_.push_back(workspace);
  if (!events.empty()) {
    const std::uint64_t to = events.back().sequence;
    lane.disk_from = to + 1;
    read_to_[workspace] = std::max(read_to_[workspace], to);
  }
  for (QueuedEvent& event : events) {
    ++events_;
    bytes_ += static_cast<std::int64_t>(event.payload.size());
    lane.events.push_back(std::move(event));
  }
  // The lane is done with the disk only if nothing arrived during the scan.
  if (last && !lane.arrived_while_reading) lane.disk_from.reset();
  enlist(workspace, lane);
  if (!lane.events.empty()) return;
  if (lane.disk_from)
    wanting_disk_.push_back(workspace);
  else
    lanes_.erase(workspace);
}

void FairQueue::disk_read_failed(const Id& workspace) {
  Lane& lane = lanes_.at(workspace);
  lane.reading = lane.read_anew = false;
  --reads_;
  wanting_disk_.push_back(workspace);
}

}  // namespace aura
