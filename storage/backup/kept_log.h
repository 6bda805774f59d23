// Logs kept although their rows are already in the tables: a database opened with `keep_log` moves
// them to <db>/archive instead of deleting them. A backup includes them, so that every position
// since the previous backup can be restored (log_replay.h). Blocks; not for the scheduler.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/result.h"
#include "storage/database.h"

namespace aura::storage {

// Links all logs, kept and current ones, into `folder`, which is created.
Result<void> link_logs(const Database& database, const std::string& folder, rocksdb::Env& env);

// Deletes the oldest kept logs until they total at most `bytes`. Must not run during link_logs().
Result<void> trim_kept_log(rocksdb::Env& env, const std::string& db, std::uint64_t bytes);

}  // namespace aura::storage
