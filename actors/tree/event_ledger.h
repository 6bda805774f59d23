// The balance of acknowledged events: received = processed + ignored + dead + in flight. Also
// counts the journal's bytes, for the bound on the durable backlog. Created by the application,
// outlives every actor. Any thread may call.
#pragma once

#include <atomic>
#include <cstdint>

#include "config/limits.h"
#include "runtime/metrics.h"

namespace aura {

enum class EventEnd { processed, ignored, dead };
const char* to_string(EventEnd end);

class EventLedger {
 public:
  explicit EventLedger(std::int64_t max_backlog_bytes);

  // Reserves `bytes` of the durable backlog; false if there is no room.
  bool admit(std::int64_t bytes);
  void withdraw(std::int64_t bytes);                    // after admit(), if the commit failed
  void received(std::int64_t events);                   // call when they are durable
  void found(std::int64_t events, std::int64_t bytes);  // left by an earlier run
  void finished(EventEnd end, std::int64_t bytes);

  std::int64_t in_flight() const { return in_flight_.load(std::memory_order_relaxed); }
  // No room for a webhook of the maximum size: some are already refused.
  bool backlog_full() const {
    return backlog_bytes_.load() > max_backlog_bytes_ - std::int64_t{limits::kWebhookBodyBytes};
  }

 private:
  std::int64_t add_backlog(std::int64_t bytes);  // the bytes there are then

  const std::int64_t max_backlog_bytes_;
  std::atomic<std::int64_t> backlog_bytes_{0};
  std::atomic<std::int64_t> in_flight_{0};
  metrics::Counter received_, processed_, ignored_, dead_;
  metrics::Gauge in_flight_gauge_, backlog_gauge_;
};

}  // namespace aura
