// Gives memory back once nothing is written any more: what the write buffers hold goes into files,
// and what the allocator keeps goes to the system. Busy hours leave nothing behind in idle ones.
// Owned by Storage; tick() is called now and then, by one thread that may block.
#pragma once

#include <cstdint>

#include "runtime/clock.h"
#include "storage/database.h"

namespace aura::storage {

class MemoryRelease {
 public:
  explicit MemoryRelease(Database& database) : database_(database) {}

  void tick(Millis now);

 private:
  void flush_buffers();

  Database& database_;
  std::uint64_t last_sequence_ = 0;  // RocksDB's: grows with every row written
  Millis quiet_since_ = 0;
  Millis trimmed_at_ = 0;
  bool flushed_ = true;
};

}  // namespace aura::storage
