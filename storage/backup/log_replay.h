// Advances restored data from its backup's position to a later one: applies the commits in the logs
// that a later backup includes, one by one, as they were written. Only for a database that nothing
// else uses. Blocks.
#pragma once

#include <string>

#include "storage/database.h"
#include "storage/format.h"

namespace aura::storage {

// Applies everything after `from`, up to the last commit group whose position is at most `until`,
// and returns the position reached. Errc::not_found if a part of the log in between is missing.
Result<std::uint64_t> replay_log(rocksdb::Env& env, const std::string& folder,
                                 const DatabasePosition& from, std::uint64_t until, Database& into);

}  // namespace aura::storage
