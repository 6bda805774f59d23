// The order in which one connection sends: interactive before reminders before broadcast, people
// before the AI, oldest first; one message of a conversation at a time; within the account's rate,
// each contact's pace and a cap on calls in flight. Knows pauses (rate limits), parking (a dead
// token) and the breaker (a provider that is down: one probe at a time). Pure: time is an argument.
// Owned by its connection actor and used on it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/connection/pair_pace.h"
#include "actors/connection/send_rate.h"
#include "runtime/ports/channel_adapter.h"
#include "storage/schema/records.pb.h"

namespace aura {

struct OutboxEntry {
  enum class Phase { waiting, claiming, sending, recording, ambiguous };
  std::uint64_t sequence = 0;
  record::Outbox row;
  std::shared_ptr<const OutboundMessage> message;  // empty: read it from storage first
  Phase phase = Phase::waiting;
  Millis due_at = 0;  // of one that waits: when it may go, as far as its own row and contact say
  std::vector<std::string> accepted;  // external ids of the parts it took since the claim
  std::vector<api::SendAttempt>
      attempts;                      // calls not yet in the message's log; the last may be open
  bool claimed = false;              // its row says so on disk already
  std::vector<std::string> doubles;  // ids by which parts that are done came a second time
  std::string echoed;                // id of the part whose echo came before the call's answer
  bool holds_slot = false;           // counts as in flight
  int record_tries = 0;              // of its result, refused
  int token = 0;                     // of the connection, with which the call was made
  int lookups = 0;                   // questions to the provider whether a cut-off call arrived
  int file_tries = 0;                // calls refused because of a file
  bool resent = false;               // since a call was cut off
  bool unknown_twice = false;        // … and that call was cut off too
  bool looking_up = false;           // the call in flight is such a question

  // Files that become links leave the parts before them where they are: none is done, or none of
  // the files has a caption, which would be a part of its own.
  bool parts_keep_their_places() const {
    const auto& files = message->attachments;
    return parts_done() == 0 || std::all_of(files.begin(), files.end(),
                                            [](const auto& file) { return file.title().empty(); });
  }
  std::size_t parts_done() const {
    return static_cast<std::size_t>(row.parts_sent()) + accepted.size();
  }
};

class OutboxQueue {
 public:
  struct Limits {
    int in_flight = 16;
    double per_second = 300;
    Millis pair_interval = 0;  // between two messages to one contact, on average; 0: no limit
    int pair_burst = 1;
    int breaker_failures = 5;
    Millis breaker_pause_ms = 15'000;
  };
  OutboxQueue(Limits limits, Millis now);
  void adopt(const SendLimits& limits);  // what the channel says

  // A row that is claimed already was cut off by a crash: it waits for its echo first.
  void add(OutboxEntry entry, Millis now, Millis echo_wait_ms);
  bool contains(std::uint64_t sequence) const { return entries_.contains(sequence); }
  OutboxEntry* find(std::uint64_t sequence);
  OutboxEntry* find_message(const std::string& message);
  std::vector<OutboxEntry*> of_conversation(const std::string& conversation);
  std::size_t size() const { return entries_.size(); }
  std::uint64_t newest() const { return entries_.empty() ? 0 : entries_.rbegin()->first; }
  int in_flight() const { return in_flight_; }

  // Takes what may be claimed now; each is in phase `claiming` and counts as in flight.
  std::vector<OutboxEntry*> take(Millis now);
  // When take() may next give something, if time alone decides.
  std::optional<Millis> next_due(Millis now) const;

  void recording(OutboxEntry& entry);                    // the call ended; the commit runs
  void settle(OutboxEntry& entry);                       // likewise, of one that waited
  void give_slot_back(OutboxEntry& entry);               // its result cannot be stored now
  void retry(OutboxEntry& entry, Millis not_before);     // back to waiting
  void wait_for_echo(OutboxEntry& entry, Millis until);  // ambiguous: resend when it is over
  void finish(std::uint64_t sequence);                   // gone

  void one_more_part(const OutboxEntry& entry, Millis now);  // of a message that is on its way
  void accepted(Millis now) { rate_.accepted(now); }
  void rate_limited(Millis now, Millis until) { rate_.refused(now, until); }
  void usage(int percent, Millis now) { rate_.usage(percent, now); }
  void pause_until(Millis until) { rate_.pause_until(until); }
  bool paused(Millis now) const { return rate_.paused(now); }
  // Paused, or not yet sure that the pause was long enough.
  bool slowed(Millis now) const { return rate_.paused(now) || rate_.probing(); }
  void park() { parked_ = true; }
  void resume(Millis now);
  bool parked() const { return parked_; }
  void provider_failed(Millis now);
  void provider_answered();

 private:
  // A conversation's rows by priority, then age. One of them is `active`: due or in flight.
  using Place = std::pair<int, std::uint64_t>;
  struct Lane {
    std::set<Place> order;
    std::uint64_t active = 0;  // 0: none; sequences begin at 1
  };
  // Who goes first of those that are due: people, the AI, reminders, broadcast.
  static constexpr std::size_t kClasses = 4;
  static std::size_t class_of(const OutboxEntry& entry);
  static Place place_of(const OutboxEntry& entry);
  Lane& lane_of(const OutboxEntry& entry) { return lanes_.at(entry.row.conversation()); }
  void activate_first(Lane& lane);
  bool take_off_due(const OutboxEntry& entry);
  void put_back(OutboxEntry& entry, OutboxEntry::Phase phase, Millis not_before);
  void withdraw(OutboxEntry& entry);
  void take_slot(OutboxEntry& entry);
  bool blocked(Millis now) const;
  OutboxEntry* next(Millis now);
  std::optional<Millis> first_due(Millis now) const;

  Limits limits_;
  SendRate rate_;
  PairPace pace_;
  std::map<std::uint64_t, OutboxEntry> entries_;
  std::unordered_map<std::string, std::uint64_t> by_message_;  // message → sequence
  std::unordered_map<std::string, Lane> lanes_;                // by conversation
  // Active rows that wait, by when they may go.
  std::array<std::set<std::pair<Millis, std::uint64_t>>, kClasses> due_;
  int in_flight_ = 0;
  bool parked_ = false;
  int failures_ = 0;
};

}  // namespace aura
