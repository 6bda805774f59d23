#include "storage/quiet_flush.h"

#include <utility>
#include <vector>

namespace aura::storage {
namespace {

constexpr Millis kQuiet = 3000;
constexpr Millis kIdle = 10'000;
// Flushing less would create many small files for little memory.
constexpr std::uint64_t kWorthAFlush = std::uint64_t{8} << 20;

}  // namespace

void QuietFlush::tick(Millis now) {
  const std::uint64_t sequence = database_.db().GetLatestSequenceNumber();
  if (sequence != last_sequence_) {
    last_sequence_ = sequence;
    quiet_since_ = now;
    flushed_ = forgot_ = false;
    return;
  }
  const Millis quiet = now - quiet_since_;
  if (quiet >= kQuiet && !std::exchange(flushed_, true)) flush_buffers();
  if (quiet >= kIdle && !std::exchange(forgot_, true)) database_.forget_blocks();
}

void QuietFlush::flush_buffers() {
  std::uint64_t held = 0;
  database_.db().GetAggregatedIntProperty(rocksdb::DB::Properties::kCurSizeAllMemTables, &held);
  if (held < kWorthAFlush) return;
  std::vector<rocksdb::ColumnFamilyHandle*> all;
  for (int i = 0; i < kFamilyCount; ++i)
    all.push_back(database_.handle(Family{static_cast<std::uint8_t>(i)}));
  rocksdb::FlushOptions beside;  // in the background, without delaying commits
  beside.wait = false;
  const rocksdb::Status status = database_.db().Flush(beside, all);
  if (!status.ok()) database_.health().failed("flush", status);
}

}  // namespace aura::storage
