#include "storage/format.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>

#include "storage/big_endian.h"
#include "storage/commit/log_damage.h"
#include "storage/database.h"
#include "storage/rocksdb_log.h"

namespace aura::storage {

std::string encode_format(std::uint32_t version) {
  std::string out;
  append_big(out, version);
  return out;
}

Result<bool> check_format(const rocksdb::Options& options, const std::string& path,
                          std::uint32_t supported,
                          const std::function<Result<void>(rocksdb::DB&)>& more) {
  const rocksdb::Status exists = options.env->FileExists(path + "/CURRENT");
  if (exists.IsNotFound()) return false;
  if (exists.ok())
    if (auto whole = check_manifest(*options.env, path); !whole)
      return tl::unexpected(whole.error());
  // Open strictly first: if a log is incomplete, check_logs() must judge it before RocksDB
  // truncates.
  rocksdb::Options strict = options;
  strict.wal_recovery_mode = rocksdb::WALRecoveryMode::kAbsoluteConsistency;
  rocksdb::DB* opened = nullptr;
  rocksdb::Status status = exists;
  if (status.ok()) status = rocksdb::DB::OpenForReadOnly(strict, path, &opened);
  const bool flawed = status.IsCorruption();
  if (flawed) status = rocksdb::DB::OpenForReadOnly(options, path, &opened);
  const std::unique_ptr<rocksdb::DB> db(opened);
  if (flawed && status.ok())
    if (auto torn = check_logs(*db, path); !torn) return tl::unexpected(torn.error());
  std::string row;
  if (status.ok()) status = db->Get({}, kFormatRow, &row);
  // A crash between the first open and the first write leaves a database without rows.
  if (status.IsNotFound()) return true;
  if (!status.ok()) return tl::unexpected(to_error(status, "opening " + path));
  const auto found = row.size() == 4 ? load_big<std::uint32_t>(row) : UINT32_MAX;
  if (found > supported)
    return fail(Errc::unsupported, "the data in " + path + " has format " + std::to_string(found) +
                                       ", this version reads up to " + std::to_string(supported) +
                                       ": start the version that wrote it, or restore a backup");
  if (more)
    if (auto result = more(*db); !result) return tl::unexpected(result.error());
  return true;
}

Result<DatabasePosition> position_of(rocksdb::Env& env, const std::string& path) {
  rocksdb::Options options;
  options.env = &env;
  options.info_log = rocksdb_log();
  rocksdb::DB* opened = nullptr;
  rocksdb::Status status = rocksdb::DB::OpenForReadOnly(options, path, &opened);
  const std::unique_ptr<rocksdb::DB> db(opened);
  const auto row_of = [&](const char* name) {
    std::string row;
    const rocksdb::Status read = status.ok() ? db->Get({}, name, &row) : status;
    if (!read.ok() && !read.IsNotFound()) status = read;
    return row;
  };
  DatabasePosition position;
  const std::string row = row_of(kLastSequenceRow);
  position.lineage = row_of(kLineageRow);
  if (!status.ok()) return tl::unexpected(to_error(status, "reading " + path));
  position.write = db->GetLatestSequenceNumber();
  if (row.empty()) return position;
  if (row.size() != sizeof position.last_sequence)
    return fail(Errc::corrupt, "the row of the last sequence has a wrong size");
  position.last_sequence = load_big<std::uint64_t>(row);
  return position;
}

}  // namespace aura::storage
