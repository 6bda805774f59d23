// Goes on from a backup to a position behind it: the commits of the logs that a later backup took
// along, one by one, as they were written. Only for a database that nobody else works on. Blocks.
#pragma once

#include <string>

#include "storage/database.h"
#include "storage/format.h"

namespace aura::storage {

// Applies what follows `from`, up to the last commit group whose position is not above `until`;
// answers the position that is reached. Errc::not_found if a part of the log in between is missing.
Result<std::uint64_t> replay_log(rocksdb::Env& env, const std::string& folder,
                                 const DatabasePosition& from, std::uint64_t until, Database& into);

}  // namespace aura::storage
