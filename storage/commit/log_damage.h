// Distinguishes a log (or the MANIFEST, which has a log's format) that a power failure cut off
// while its end was written (the cut record was not acknowledged; everything before it counts) from
// a log that was damaged later. RocksDB silently stops at both, and acknowledged records after the
// damage would be lost. Called at start, on one thread.
#pragma once

#include <rocksdb/db.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/result.h"

namespace aura::storage {

// Where a log is broken, and whether another record begins after the break. A record is written
// only after the previous one was synced, so a break in front of the beginning of a record is
// damage; so is one at a record that is whole but for a bit of its length, also if it is the last.
struct LogBreak {
  std::optional<std::uint64_t> at;
  bool goes_on = false;
};
LogBreak find_break(std::string_view log);

// Fails, naming the file, if the opened database's logs hold acknowledged records that cannot be
// read. Only after a strict read of the logs has failed.
Result<void> check_logs(rocksdb::DB& database, const std::string& path);

// The same for the MANIFEST, before the database is opened: RocksDB would open what there was
// before the damage and delete the tables that came later.
Result<void> check_manifest(rocksdb::Env& env, const std::string& path);

}  // namespace aura::storage
