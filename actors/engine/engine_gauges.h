// Metrics that no actor keeps: channels by type and status, and how much waits in the outboxes.
// Part of the upkeep, which the index thread does. Owned by the application.
#pragma once

#include <map>
#include <utility>

#include "runtime/clock.h"
#include "runtime/directory.h"
#include "storage/store.h"

namespace aura {

class EngineGauges {
 public:
  EngineGauges(const storage::Reader& reader, const Directory& directory);
  void tick(Millis now);  // refreshes them every few seconds

 private:
  using Kind = std::pair<int, int>;  // type, status
  void count_channels();
  void count_outboxes();

  const storage::Reader& reader_;
  const Directory& directory_;
  std::map<Kind, metrics::Gauge> channels_;
  metrics::Gauge outbox_;
  Millis refreshed_at_ = 0;
};

}  // namespace aura
