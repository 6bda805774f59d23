// Flushes the write buffers to files once writes have stopped, and a little later frees the block
// cache, so that an idle engine does not keep the memory of a busy hour. (The allocator returns its
// own free pages: runtime/app/allocator.cc.) Owned by Storage; one thread that may block calls
// tick() periodically.
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
  std::uint64_t last_sequence_ = 0;  // RocksDB's sequence number: grows with every write
  Millis quiet_since_ = 0;
  bool flushed_ = true;
  bool forgot_ = true;
};

}  // namespace aura::storage
