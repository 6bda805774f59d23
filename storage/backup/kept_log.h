// The log that is kept though its rows are in the tables: a database opened with `keep_log` moves
// it to <db>/archive instead of deleting it. A backup takes it along, so that every position since
// the backup before can be restored (log_replay.h). Blocks; not for the scheduler.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/result.h"
#include "storage/database.h"

namespace aura::storage {

// All logs there are, kept ones and living ones, as links in `folder`, which is made.
Result<void> link_logs(const Database& database, const std::string& folder, rocksdb::Env& env);

// Deletes the oldest kept logs until they are `bytes` together at most. Not while they are linked.
Result<void> trim_kept_log(rocksdb::Env& env, const std::string& db, std::uint64_t bytes);

}  // namespace aura::storage
