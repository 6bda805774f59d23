// The order in which one connection sends: interactive before reminders before broadcast, people
// before the AI, oldest first; one message per conversation at a time; within the account's rate,
// each contact's pace and a limit on calls in flight. Handles pauses (rate limits), parking (a dead
// token) and a circuit breaker (provider down: one probe at a time). Pure: time is an argument.
// Owned by its connection actor and used on it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/connection/outbox_entry.h"
#include "actors/connection/pair_pace.h"
#include "actors/connection/send_rate.h"
#include "config/limits.h"
#include "runtime/ports/channel_adapter.h"

namespace aura {

class OutboxQueue {
 public:
  struct Limits {
    SendLimits sends;  // of the channel
    int breaker_failures = limits::kBreakerFailures;
    Millis breaker_pause_ms = 15'000;
  };
  OutboxQueue(Limits limits, Millis now);
  void adopt(const SendLimits& sends, bool bursts = true);

  // A row that is already claimed belongs to a call cut off by a crash: it waits for its echo
  // first.
  void add(OutboxEntry entry, Millis now, Millis echo_wait_ms);
  bool contains(std::uint64_t sequence) const { return entries_.contains(sequence); }
  OutboxEntry* find(std::uint64_t sequence);
  OutboxEntry* find_message(const std::string& message);
  std::vector<OutboxEntry*> of_conversation(const std::string& conversation);
  std::size_t size() const { return entries_.size(); }
  std::uint64_t newest() const { return entries_.empty() ? 0 : entries_.rbegin()->first; }
  int in_flight() const { return in_flight_; }

  // Takes the entries that may be sent now and puts them in flight: newborn ones as `claimed`,
  // others as `claiming`.
  std::vector<OutboxEntry*> take(Millis now);
  // When take() may next return something; nullopt: not by the passing of time alone.
  std::optional<Millis> next_due(Millis now) const;

  void calling(OutboxEntry& entry);                      // a provider call is running
  void asking(OutboxEntry& entry);                       // a status query is running
  void recording(OutboxEntry& entry);                    // the result is being stored
  void set_aside(OutboxEntry& entry);                    // the result cannot be stored now
  void put_claim_back(OutboxEntry& entry);               // newborn that cannot be sent yet
  void retry(OutboxEntry& entry, Millis not_before);     // back to waiting
  void wait_for_echo(OutboxEntry& entry, Millis until);  // ambiguous: resent after `until`
  // The next part is sent at `until`, or when the receipt of `part` arrives.
  void wait_for_receipt(OutboxEntry& entry, const std::string& part, Millis until);
  bool has_receipt(const std::string& part, Millis now);  // true: an entry waited for it
  void finish(std::uint64_t sequence);                    // removes the entry

  void one_more_part(const OutboxEntry& entry, Millis now);  // a further part of one in flight
  void accepted(Millis now) { rate_.accepted(now); }
  void rate_limited(Millis now, Millis until) { rate_.refused(now, until); }
  void usage(int percent, Millis now) { rate_.usage(percent, now); }
  void limit_until(Millis until) { rate_.limit_until(until); }
  bool limited(Millis now) const { return rate_.limited(now); }
  Millis limited_until() const { return rate_.limited_until(); }
  void hold_marketing(Millis until) { marketing_at_ = std::max(marketing_at_, until); }
  bool paused(Millis now) const { return rate_.paused(now); }
  // Paused, or probing whether the pause was long enough.
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
  // The order among due entries: people, the AI, reminders, broadcast.
  static constexpr std::size_t kClasses = 4;
  static std::size_t class_of(const OutboxEntry& entry);
  static Place place_of(const OutboxEntry& entry);
  Lane& lane_of(const OutboxEntry& entry) { return lanes_.at(entry.row.conversation()); }
  void activate_first(Lane& lane);
  bool take_off_due(const OutboxEntry& entry);
  void put_back(OutboxEntry& entry, OutboxEntry::Phase phase, Millis not_before);
  void leave_phase(const OutboxEntry& entry);
  void enter(OutboxEntry& entry, OutboxEntry::Phase phase);
  bool held_back() const;
  OutboxEntry* next(Millis now);
  Millis class_opens(std::size_t of, Millis now) const;
  PairPace* pace_of_kind(const OutboxEntry& entry);
  bool waits_for_its_kind(OutboxEntry& entry, Millis now);
  std::optional<Millis> first_due(Millis now) const;

  Limits limits_;
  SendRate rate_;
  PairPace pace_;
  PairPace media_pace_, private_reply_pace_;  // of the account, for messages of these kinds
  std::map<std::uint64_t, OutboxEntry> entries_;
  std::unordered_map<std::string, std::uint64_t> by_message_;  // message → sequence
  std::unordered_map<std::string, Lane> lanes_;                // by conversation
  // Active entries that wait, by due time.
  std::array<std::set<std::pair<Millis, std::uint64_t>>, kClasses> due_;
  std::unordered_map<std::string, std::uint64_t> awaited_;  // id of the part → sequence
  Millis marketing_at_ = 0;                                 // marketing waits until then
  int in_flight_ = 0;
  bool parked_ = false;
  int failures_ = 0;
};

}  // namespace aura
