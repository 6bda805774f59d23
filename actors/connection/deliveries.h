// Inbound: from a raw item to its end (applied, ignored or dead letter). The journal row is erased
// by the conversation's own commit (one event an item, the usual case) or by ours when all of an
// item's events are applied; of an item that is understood in part, it becomes a dead letter then.
// Owned by the connection actor and used on it; lost with it, the ingress reads the journal again.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

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
  void send_waiting_echoes();  // which calls an earlier run left open is known now
  std::size_t size() const { return deliveries_.size(); }
  void clear();

 private:
  // A raw event until it has ended.
  struct Delivery {
    RawEvent raw;
    std::vector<ChannelEvent> events;
    std::string left;      // why a part of it is not among them
    std::size_t next = 0;  // event to be sent on its way
    std::size_t open = 0;  // events on their way
    int tries = 0;
    int restarts = 0;  // of an actor on its way, over something else
    std::chrono::steady_clock::time_point since;
    EventEnd end = EventEnd::ignored;
    std::optional<Error> failure;
  };

  void watch_filtering(std::vector<ChannelEvent>& events);
  void pause_for(const ChannelEvent& event) const;
  static bool ends_alone(const Delivery& delivery);
  void send_events(Delivery& delivery);
  void send_more(Delivery& delivery);
  void send_event(const ChannelEvent& event, std::uint64_t sequence, bool alone);
  void finish_delivery(std::uint64_t sequence);
  void erase_journal_row(std::uint64_t sequence, EventEnd end);
  bool has_ended(std::uint64_t sequence) const;
  void settle(std::uint64_t sequence, EventEnd end);
  void end_with(storage::Commit commit, std::uint64_t sequence, EventEnd end);
  void bury(std::uint64_t sequence, const std::string& reason, const std::string& detail);

  ConnectionShell& shell_;
  Services& services_;
  const Account& account_;
  const OwnEchoes& echoes_;
  EventOwners owners_;
  FilteredShare filtered_share_;
  std::unordered_map<std::uint64_t, Delivery> deliveries_;
  std::vector<std::uint64_t> waiting_echoes_;  // deliveries, until the outbox is read
  bool watching_held_ = false;
  metrics::Counter ended_;
};

}  // namespace aura
