// Tells a log whose end was being written when the power went (nothing of it was acknowledged; what
// is before it counts) from one that was damaged later: RocksDB stops at either without a word, and
// what was acknowledged behind the damage would be gone. Called at the start, on one thread, and
// only when a strict reading of the logs has failed.
#pragma once

#include <rocksdb/db.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/result.h"

namespace aura::storage {

// Where a log is broken, and whether a later record begins behind that. A record begins only once
// the one before it was synced, so a break in front of a beginning is damage.
struct LogBreak {
  std::optional<std::uint64_t> at;
  bool goes_on = false;
};
LogBreak find_break(std::string_view log);

// Fails, naming the file, if acknowledged records of the opened database's logs cannot be read.
Result<void> check_logs(rocksdb::DB& database, const std::string& path);

}  // namespace aura::storage
