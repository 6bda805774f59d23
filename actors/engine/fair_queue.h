// Fair dispatch between workspaces: deficit round robin over one lane a workspace, so that a
// workspace at saturation delays a quiet one by at most a quantum of others' events. Lanes whose
// rows outgrew memory continue from disk: `disk_from` is the sequence behind which rows must be
// read. Pure; owned by the ingress actor and used on it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/ids.h"

namespace aura {

struct QueuedEvent {
  Id workspace;
  Id channel;
  std::uint64_t sequence = 0;
  std::string payload;
  std::int64_t bytes = 0;  // what it counts for in the durable backlog
  bool from_disk = false;
};

class FairQueue {
 public:
  struct Limits {
    std::int64_t memory_events = 4096;
    std::int64_t memory_bytes = 32 << 20;
    std::int64_t quantum = 16;  // events a workspace may send before the next one's turn
  };
  explicit FairQueue(Limits limits) : limits_(limits) {}

  // From the journal's writer, in sequence order. What does not fit stays on disk.
  void arrive(QueuedEvent event);
  // Older rows wait on disk (of an earlier run, or retried dead letters): the lane is read anew
  // from its first row. What it has sent and is not yet erased comes once more.
  void found_on_disk(const Id& workspace);

  // The next events in fair order, all of one channel; empty when no lane may send. `may_send`
  // tells how many more events a workspace may have at its actors.
  template <class MaySend>
  std::vector<QueuedEvent> take(MaySend may_send);

  // A lane that is empty in memory and has rows on disk: read up to a page of them from `from` on.
  // No more reads run at once than what they bring has room for.
  static constexpr std::size_t kPage = 512;
  struct DiskRead {
    Id workspace;
    std::uint64_t from = 0;
  };
  std::optional<DiskRead> next_disk_read();
  // What was read. `last`: nothing was behind it when the scan ran.
  void read_from_disk(const Id& workspace, std::vector<QueuedEvent> events, bool last);
  void disk_read_failed(const Id& workspace);

  std::int64_t in_memory() const { return events_; }

 private:
  struct Lane {
    std::deque<QueuedEvent> events;
    std::int64_t deficit = 0;
    bool in_ring = false;
    bool reading = false;
    bool arrived_while_reading = false;
    bool read_anew = false;  // the read that runs began too late in the journal
    std::optional<std::uint64_t> disk_from;
  };
  void enlist(const Id& workspace, Lane& lane);
  bool has_room(const QueuedEvent& event) const;
  std::vector<QueuedEvent> pop_batch(Lane& lane, std::int64_t room);

  const Limits limits_;
  std::unordered_map<Id, Lane> lanes_;
  // Up to where rows were read from disk. A row may be read before the journal tells of it: such an
  // arrival is known already. Forgotten with the workspace's first arrival beyond it.
  std::unordered_map<Id, std::uint64_t> read_to_;
  std::deque<Id> ring_;          // lanes with events in memory, in turn
  std::deque<Id> wanting_disk_;  // lanes to read for
  std::int64_t events_ = 0;
  std::int64_t bytes_ = 0;
  std::int64_t reads_ = 0;  // that run
};

template <class MaySend>
std::vector<QueuedEvent> FairQueue::take(MaySend may_send) {
  for (std::size_t looked = ring_.size(); looked > 0; --looked) {
    const Id workspace = ring_.front();
    Lane& lane = lanes_.at(workspace);
    const std::int64_t room = may_send(workspace);
    if (room > 0) {
      if (lane.deficit <= 0) lane.deficit += limits_.quantum;
      auto batch = pop_batch(lane, room);
      const bool turn_over = lane.deficit <= 0 || lane.events.empty();
      if (lane.events.empty()) {
        lane.deficit = 0;
        lane.in_ring = false;
        ring_.pop_front();
        if (lane.disk_from && !lane.reading) wanting_disk_.push_back(workspace);
        if (!lane.disk_from) lanes_.erase(workspace);
      } else if (turn_over) {
        ring_.push_back(workspace);
        ring_.pop_front();
      }
      return batch;
    }
    ring_.push_back(workspace);
    ring_.pop_front();
  }
  return {};
}

}  // namespace aura
