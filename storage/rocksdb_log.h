// Forwards RocksDB's warnings and errors to our log. RocksDB's own log file is never created: on a
// full disk the second line written to it fails an assertion in Debian's build, which ends the
// process. Owned by the databases that share it; any thread may call.
#pragma once

#include <rocksdb/env.h>

#include <memory>

namespace aura::storage {

std::shared_ptr<rocksdb::Logger> rocksdb_log();

}  // namespace aura::storage
