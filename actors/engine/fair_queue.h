// Fair dispatch between workspaces: deficit round robin over one lane per workspace, so that each
// busy workspace delays a quiet one by at most one quantum of events. A lane whose events exceed
// the memory bound continues from disk, where every event is until it has ended:
//
//            no room             memory is empty          next_disk_read()
//   memory ─────────> disk_next ───────────────> wants_read ────────────> reading ─┐
//     ▲                   ▲                          ▲      arrive(): reading_more ─┤
//     │ all rows read     │ some rows read           │ none read, or it failed     │
//     └───────────────────┴──────────────────────────┴─────────────────────────────┘
//   found_on_disk(): the lane starts over with its first row, from any state: it wants a read; the
//   result of a running read (reading_stale) is not used.
//
// Pure; owned by the ingress actor and used on it.
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
  Millis received = 0;  // when it was stored
  int failed_tries = 0;
  std::int64_t bytes = 0;  // its share of the durable backlog
  bool from_disk = false;
};

class FairQueue {
 public:
  struct Limits {
    std::int64_t memory_events = 4096;
    std::int64_t memory_bytes = 32 << 20;
    std::int64_t quantum = 16;  // events that a workspace may send per turn
  };
  explicit FairQueue(Limits limits) : limits_(limits) {}

  // Adds an event that became durable, in sequence order. An event that does not fit stays on disk.
  void arrive(QueuedEvent event);
  // There are older rows on disk (of an earlier run, or retried dead letters): reads the lane again
  // from its first row. Rows already dispatched and not yet erased are dispatched again.
  void found_on_disk(const Id& workspace);

  // The next events in fair order, all of one channel; empty if no lane may send. `may_send`
  // returns how many more events a workspace may have in flight.
  template <class MaySend>
  std::vector<QueuedEvent> take(MaySend may_send);

  // The next read to make: up to a page of rows from `from` on, for a lane that is empty in memory
  // and has rows on disk. Limits concurrent reads so that their results fit into memory.
  static constexpr std::size_t kPage = 512;
  struct DiskRead {
    Id workspace;
    std::uint64_t from = 0;
  };
  std::optional<DiskRead> next_disk_read();
  // Adds the rows read. `last`: there were no further rows at the time of the scan.
  void read_from_disk(const Id& workspace, std::vector<QueuedEvent> events, bool last);
  void disk_read_failed(const Id& workspace);

  std::int64_t in_memory() const { return events_; }
  // More than `few` events of the workspace wait, in memory or on disk.
  bool has_backlog(const Id& workspace, std::size_t few) const;

 private:
  enum class Source : std::uint8_t {
    memory,         // its events are in memory, all of them
    disk_next,      // more rows are on disk, to be read when none is left in memory
    wants_read,     // none is in memory: a read is due
    reading,        // …
    reading_more,   // and a row arrived meanwhile, which the read may not have seen
    reading_stale,  // the read did not start at the first row
  };
  struct Lane {
    std::deque<QueuedEvent> events;  // in ring_ if there are any
    std::int64_t deficit = 0;
    Source source = Source::memory;
    std::uint64_t next_on_disk = 0;  // the first row to read, unless the source is memory
  };
  static bool is_read(const Lane& lane) { return lane.source >= Source::reading; }
  bool has_room(const QueuedEvent& event) const;
  void add(Lane& lane, QueuedEvent event);
  void want_read(const Id& workspace, Lane& lane);
  void forget(const QueuedEvent& event);
  void on_empty(const Id& workspace, Lane& lane);
  std::vector<QueuedEvent> pop_batch(Lane& lane, std::int64_t room);

  const Limits limits_;
  std::unordered_map<Id, Lane> lanes_;
  // The sequence up to which rows were read from disk. A row may be read before it is announced by
  // arrive(), which then ignores it. Removed at the workspace's first arrival beyond it.
  std::unordered_map<Id, std::uint64_t> read_to_;
  std::deque<Id> ring_;        // lanes with events in memory, in round-robin order
  std::deque<Id> want_reads_;  // lanes that want a read
  std::int64_t events_ = 0;
  std::int64_t bytes_ = 0;
  std::int64_t reads_ = 0;  // running reads
};

template <class MaySend>
std::vector<QueuedEvent> FairQueue::take(MaySend may_send) {
  for (std::size_t looked = ring_.size(); looked > 0; --looked) {
    const Id workspace = ring_.front();
    Lane& lane = lanes_.at(workspace);
    const std::int64_t room = may_send(workspace);
    std::vector<QueuedEvent> batch;
    if (room > 0) {
      if (lane.deficit <= 0) lane.deficit += limits_.quantum;
      batch = pop_batch(lane, room);
    }
    const bool turn_over = room <= 0 || lane.deficit <= 0 || lane.events.empty();
    if (turn_over) ring_.pop_front();
    if (lane.events.empty())
      on_empty(workspace, lane);
    else if (turn_over)
      ring_.push_back(workspace);
    if (!batch.empty()) return batch;
  }
  return {};
}

}  // namespace aura
