#include "actors/tree/event_ledger.h"

namespace aura {
namespace {

metrics::Counter finished_counter(const char* outcome) {
  return metrics::counter("aura_events_finished_total",
                          "Acknowledged channel events by how they ended", {{"outcome", outcome}});
}

}  // namespace

const char* to_string(EventEnd end) {
  return end == EventEnd::processed ? "processed" : end == EventEnd::ignored ? "ignored" : "dead";
}

EventLedger::EventLedger(std::int64_t max_backlog_bytes)
    : max_backlog_bytes_(max_backlog_bytes),
      received_(metrics::counter("aura_events_received_total",
                                 "Channel events made durable and acknowledged")),
      processed_(finished_counter("processed")),
      ignored_(finished_counter("ignored")),
      dead_(finished_counter("dead")),
      in_flight_gauge_(
          metrics::gauge("aura_events_in_flight", "Acknowledged channel events not yet finished")),
      backlog_gauge_(metrics::gauge("aura_journal_backlog_bytes",
                                    "Bytes of acknowledged events not yet finished")) {}

std::int64_t EventLedger::add_backlog(std::int64_t bytes) {
  const std::int64_t now = backlog_bytes_.fetch_add(bytes) + bytes;
  backlog_gauge_.set(static_cast<double>(now));
  return now;
}

bool EventLedger::admit(std::int64_t bytes) {
  if (add_backlog(bytes) <= max_backlog_bytes_) return true;
  add_backlog(-bytes);
  return false;
}

void EventLedger::withdraw(std::int64_t bytes) { add_backlog(-bytes); }

void EventLedger::received(std::int64_t events) {
  received_.add(static_cast<double>(events));
  in_flight_gauge_.set(static_cast<double>(in_flight_.fetch_add(events) + events));
}

void EventLedger::found(std::int64_t events, std::int64_t bytes) {
  add_backlog(bytes);
  received(events);
}

void EventLedger::finished(EventEnd end, std::int64_t bytes) {
  (end == EventEnd::processed ? processed_ : end == EventEnd::ignored ? ignored_ : dead_).add();
  in_flight_gauge_.set(static_cast<double>(in_flight_.fetch_sub(1) - 1));
  add_backlog(-bytes);
}

}  // namespace aura
