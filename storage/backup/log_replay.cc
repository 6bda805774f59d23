#include "storage/backup/log_replay.h"

#include <algorithm>

#include "storage/backup/manifest.h"
#include "storage/big_endian.h"
#include "storage/commit/log_format.h"

namespace aura::storage {
namespace {

constexpr std::size_t kBatchHead = 12;  // first sequence (8) · count (4), little-endian

std::uint64_t load_little(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;)
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

// Finds the position that a batch stores and ignores everything else in it.
class PositionIn final : public rocksdb::WriteBatch::Handler {
 public:
  std::uint64_t found = 0;  // 0: the batch stores none
  rocksdb::Status PutCF(std::uint32_t family, const rocksdb::Slice& key,
                        const rocksdb::Slice& value) override {
    if (family == 0 && key == kLastSequenceRow && value.size() == sizeof found)
      found = load_big<std::uint64_t>(value.ToStringView());
    return rocksdb::Status::OK();
  }
  rocksdb::Status DeleteCF(std::uint32_t, const rocksdb::Slice&) override { return {}; }
  rocksdb::Status MergeCF(std::uint32_t, const rocksdb::Slice&, const rocksdb::Slice&) override {
    return {};
  }
  rocksdb::Status DeleteRangeCF(std::uint32_t, const rocksdb::Slice&,
                                const rocksdb::Slice&) override {
    return {};
  }
};

class Replay {
 public:
  Replay(const DatabasePosition& from, std::uint64_t until, Database& into)
      : next_(from.write + 1), until_(until), reached_(from.last_sequence), into_(into) {}

  Result<void> log(const std::string& bytes) {
    LogRecords records(bytes);
    std::string record;
    while (!done_ && records.next(record))
      if (auto applied = batch(record); !applied) return applied;
    return {};
  }
  bool done() const { return done_; }
  std::uint64_t reached() const { return reached_; }

 private:
  Result<void> batch(std::string& record) {
    if (record.size() < kBatchHead) return fail(Errc::corrupt, "a record of the log is too short");
    const std::uint64_t first = load_little(std::string_view(record).substr(0, 8));
    const std::uint64_t count = load_little(std::string_view(record).substr(8, 4));
    if (first + count <= next_) return {};  // the backup already has it
    if (first != next_) return fail(Errc::not_found, "a part of the log is missing");
    rocksdb::WriteBatch batch(std::move(record));
    PositionIn position;
    rocksdb::Status status = batch.Iterate(&position);
    if (status.ok() && position.found > until_) {
      done_ = true;
      return {};
    }
    if (status.ok()) status = into_.db().Write({}, &batch);
    if (!status.ok()) return tl::unexpected(to_error(status, "applying the log"));
    next_ = first + count;
    if (position.found != 0) reached_ = position.found;
    return {};
  }

  std::uint64_t next_;  // RocksDB's next sequence number
  const std::uint64_t until_;
  std::uint64_t reached_;
  bool done_ = false;
  Database& into_;
};

}  // namespace

Result<std::uint64_t> replay_log(rocksdb::Env& env, const std::string& folder,
                                 const DatabasePosition& from, std::uint64_t until,
                                 Database& into) {
  const auto names = names_in(env, folder);
  if (!names) return tl::unexpected(names.error());
  Replay replay(from, until, into);
  for (const std::string& name : *names) {
    if (!name.ends_with(".log")) continue;
    std::string bytes;
    const rocksdb::Status read = rocksdb::ReadFileToString(&env, folder + "/" + name, &bytes);
    if (!read.ok()) return tl::unexpected(to_error(read, "reading " + folder + "/" + name));
    if (auto applied = replay.log(bytes); !applied) return tl::unexpected(applied.error());
    if (replay.done()) break;
  }
  // The wanted position lies before a later backup, so a commit beyond it must have been read.
  if (!replay.done()) return fail(Errc::not_found, "a part of the log is missing");
  return replay.reached();
}

}  // namespace aura::storage
