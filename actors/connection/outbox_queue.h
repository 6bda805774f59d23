// The order in which one connection sends: oldest first, one message of a conversation at a time,
// within a token bucket and a cap on calls in flight. Knows pauses (rate limits), parking (a dead
// token) and the breaker (a provider that is down: one probe at a time). Pure: time is an argument.
// Owned by its connection actor and used on it.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/ports/channel_adapter.h"
#include "storage/schema/records.pb.h"

namespace aura {

struct OutboxEntry {
  enum class Phase { waiting, claiming, sending, recording, ambiguous };
  std::uint64_t sequence = 0;
  record::Outbox row;
  std::shared_ptr<const OutboundMessage> message;  // empty: read it from storage first
  Phase phase = Phase::waiting;
  std::vector<std::string> accepted;  // external ids of the parts the provider took
  bool claimed = false;               // its row says so on disk already
  bool echoed = false;                // its echo came before the call's answer
};

class OutboxQueue {
 public:
  struct Limits {
    int in_flight = 16;
    double per_second = 300;
    int breaker_failures = 5;
    Millis breaker_pause_ms = 15'000;
  };
  OutboxQueue(Limits limits, Millis now);

  // A row that is claimed already was cut off by a crash: it waits for its echo first.
  void add(OutboxEntry entry, Millis now, Millis echo_wait_ms);
  bool contains(std::uint64_t sequence) const { return entries_.contains(sequence); }
  OutboxEntry* find(std::uint64_t sequence);
  OutboxEntry* find_message(const std::string& message);
  std::size_t size() const { return entries_.size(); }
  int in_flight() const { return in_flight_; }

  // Takes what may be claimed now; each is in phase `claiming` and counts as in flight.
  std::vector<OutboxEntry*> take(Millis now);
  // When take() may next give something, if time alone decides.
  std::optional<Millis> next_due(Millis now) const;

  void recording(OutboxEntry& entry);                    // the call ended; the commit runs
  void retry(OutboxEntry& entry, Millis not_before);     // back to waiting
  void wait_for_echo(OutboxEntry& entry, Millis until);  // ambiguous: resend when it is over
  void finish(std::uint64_t sequence);                   // gone

  void pause_until(Millis until);
  bool paused(Millis now) const { return now < paused_until_; }
  void park() { parked_ = true; }
  void resume(Millis now);
  bool parked() const { return parked_; }
  void provider_failed(Millis now);
  void provider_answered();

 private:
  // A conversation's rows, oldest first. One of them is `active`: due or in flight.
  struct Lane {
    std::deque<std::uint64_t> order;
    std::uint64_t active = 0;  // 0: none; sequences begin at 1
  };
  Lane& lane_of(const OutboxEntry& entry) { return lanes_.at(entry.row.conversation()); }
  void activate_oldest(Lane& lane);
  bool take_off_due(std::uint64_t sequence);
  void put_back(OutboxEntry& entry, OutboxEntry::Phase phase, Millis not_before);
  void withdraw(const OutboxEntry& entry);
  bool blocked(Millis now) const;

  Limits limits_;
  std::map<std::uint64_t, OutboxEntry> entries_;
  std::unordered_map<std::string, std::uint64_t> by_message_;  // message → sequence
  std::unordered_map<std::string, Lane> lanes_;                // by conversation
  std::multimap<Millis, std::uint64_t> due_;  // active rows that wait, by when they may go
  int in_flight_ = 0;
  double tokens_;
  Millis tokens_at_;
  Millis paused_until_ = 0;
  bool parked_ = false;
  int failures_ = 0;
};

}  // namespace aura
