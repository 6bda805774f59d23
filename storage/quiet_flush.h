// Empties the write buffers into files once nothing is written any more: busy hours leave nothing
// behind in idle ones. (What the allocator keeps, it gives back itself: runtime/app/allocator.cc.)
// Owned by Storage; tick() is called now and then, by one thread that may block.
#pragma once

#include <cstdint>

#include "runtime/clock.h"
#include "storage/database.h"

namespace aura::storage {

class QuietFlush {
 public:
  explicit QuietFlush(Database& database) : database_(database) {}

  void tick(Millis now);

 private:
  void flush_buffers();

  Database& database_;
  std::uint64_t last_sequence_ = 0;  // RocksDB's: grows with every row written
  Millis quiet_since_ = 0;
  bool flushed_ = true;
};

}  // namespace aura::storage
