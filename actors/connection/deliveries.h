// Inbound: takes each raw item to its end (applied, ignored or dead letter). The journal row of an
// item with one event (the usual case) is erased by the commit that applies the event; an item with
// several events by a commit here, once all are applied; one that is understood only in part then
// becomes a dead letter. Owned by the connection actor and used on it; if the actor dies, the
// ingress reads the journal again.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/connection/address_book.h"
#include "actors/connection/event_owners.h"
#include "actors/connection/filtered_share.h"
#include "actors/connection/own_echoes.h"
#include "runtime/metrics.h"

namespace aura {

class Deliveries {
 public:
  Deliveries(ConnectionShell& shell, Services& services, const Account& account,
             const OwnEchoes& echoes);
  void deliver(RawEvent raw);
  void on_event_ended(EventEnded& ended);
  void try_again(std::uint64_t sequence);
  void free_held();
  void send_waiting_echoes();  // after the outbox has been read
  std::size_t size() const { return deliveries_.size(); }
  void clear();

 private:
  // A raw event in work.
  struct Delivery {
    RawEvent raw;
    std::uint64_t raw_hash = 0;
    std::vector<ChannelEvent> events;
    std::string left;      // why a part of the item is not among the events; empty: all of it is
    std::size_t next = 0;  // index of the next event to send
    std::size_t open = 0;  // events sent and not yet answered
    int tries = 0;
    int told = 0;  // former owners of numbers in the next event, who have been told
    bool telling = false;
    int echo_waits = 0;  // for our sends, of which one of its echoes may be
    int restarts = 0;    // crashes of the receiving actor that the event did not cause
    std::chrono::steady_clock::time_point since;
    Id conversation;    // to which the newest of its events was sent
    bool held = false;  // gave its permits back, because the conversation takes no events now
    EventEnd end = EventEnd::ignored;
    std::optional<Error> failure;
  };

  std::uint64_t arrival_of(std::uint64_t raw_hash) const;
  void pause_for(const ChannelEvent& event) const;
  static bool ends_alone(const Delivery& delivery);
  bool waits_for_our_send(Delivery& delivery);
  bool must_follow(const Delivery& delivery) const;
  void add_names(std::vector<ChannelEvent>& events);
  void begin(Delivery& delivery);
  void send_events(Delivery& delivery);
  void send_more(Delivery& delivery);
  OnceReply<EventApplied> ended(std::uint64_t sequence) const;
  bool tell_former_owner(const std::vector<EventOwners::OthersNumber>& numbers, Delivery& delivery);
  void send_event(const ChannelEvent& event, Delivery& delivery, bool alone);
  void wait_for_conversation(const Delivery& delivery);
  bool must_wait(const Id& conversation, std::uint64_t sequence) const;
  void hold(Delivery& delivery);
  void not_sent(std::uint64_t sequence, Error why);
  void finish_delivery(std::uint64_t sequence);
  void erase_journal_row(std::uint64_t sequence, EventEnd end);
  bool has_ended(std::uint64_t sequence) const;
  void settle(std::uint64_t sequence, EventEnd end);
  void drop(std::uint64_t sequence);
  void end_with(storage::Commit commit, std::uint64_t sequence, EventEnd end);
  void bury(std::uint64_t sequence, const std::string& reason, const std::string& detail);

  ConnectionShell& shell_;
  Services& services_;
  const Account& account_;
  const OwnEchoes& echoes_;
  EventOwners owners_;
  AddressBook address_book_;
  FilteredShare filtered_share_;
  std::unordered_map<std::uint64_t, Delivery> deliveries_;
  std::vector<std::uint64_t> waiting_echoes_;  // deliveries that wait until the outbox is read
  bool watching_held_ = false;
  std::unordered_map<Id, std::size_t> held_;  // conversation → its deliveries that are held
  std::size_t held_count_ = 0;
  std::unordered_map<Id, std::set<std::uint64_t>> waiting_;  // conversation → to be tried again
  metrics::Counter ended_;
};

}  // namespace aura
