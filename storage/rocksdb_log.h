// What RocksDB has to say goes into our own log, warnings and worse. Its file in the data directory
// is never made: on a full disk a second line to it trips an assertion of Debian's build, which
// ends the process. Owned by the databases that share it; any thread may call.
#pragma once

#include <rocksdb/env.h>

#include <memory>

namespace aura::storage {

std::shared_ptr<rocksdb::Logger> rocksdb_log();

}  // namespace aura::storage
